/** `pnpm secrets`: the two secrets that several nodes share, newly made, as lines for their environment. */
import { randomBytes } from "node:crypto";
import { createServerSetup, opaqueReady } from "./auth/opaque.ts";

await opaqueReady;
process.stdout.write(
  `JWT_SECRET=${randomBytes(48).toString("base64url")}\nOPAQUE_SERVER_SETUP=${createServerSetup()}\n`,
);
