import { createHash, randomBytes } from "node:crypto";

/** 256 random bits in base64url. Whoever holds it may use it; the database knows only its hash. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex: the form in which a token, a refresh token or a challenge id is stored. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
