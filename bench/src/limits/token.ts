import { createSecretKey } from "node:crypto";
import type { IncomingMessage } from "node:http";
import jwt from "jsonwebtoken";

const secret = createSecretKey(Buffer.from(process.env["JWT_SECRET"] ?? ""));

/** The user that the token in the query names. Null where it is not valid. */
export function findUser(request: IncomingMessage): string | null {
  const token = new URL(request.url ?? "", "http://localhost").searchParams.get("token") ?? "";
  try {
    return String(jwt.verify(token, secret, { algorithms: ["HS256"] }).sub);
  } catch {
    return null;
  }
}
