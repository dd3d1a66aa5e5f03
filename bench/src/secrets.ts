import { randomBytes, randomUUID } from "node:crypto";
import * as opaque from "@serenity-kit/opaque";
import jwt from "jsonwebtoken";
import type { Cast } from "./cast.ts";

await opaque.ready;

/** Of all servers of a benchmark. Ours does not start without a setup where people have signed up already. */
export const jwtSecret = randomBytes(32).toString("hex");
export const opaqueServerSetup = opaque.server.createSetup();

/** In the order of the cast; access tokens as `docs/protocol.md` has them, which every target can read. */
export function createTokens({ people }: Cast): string[] {
  return people.map(({ id }) =>
    jwt.sign({ sid: id }, jwtSecret, {
      algorithm: "HS256",
      issuer: "sotto",
      audience: "sotto/access",
      subject: id,
      jwtid: randomUUID(),
      expiresIn: "10m",
    }),
  );
}
