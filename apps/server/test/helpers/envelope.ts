import { createHash, randomBytes } from "node:crypto";
import type { WireUser } from "@sotto/protocol";

const keyId = (publicKey: string) =>
  createHash("sha512").update(Buffer.from(publicKey, "base64")).digest().subarray(0, 8);

/** 316 bytes that look like an envelope from outside, and hold nothing: the server can't tell. */
export function forgeEnvelope(sender: WireUser, recipient: WireUser, boxBytes = 256): string {
  const head = [Buffer.from("ST"), Buffer.from([1, 1]), keyId(sender.publicKey), keyId(recipient.publicKey)];
  return Buffer.concat([...head, randomBytes(24 + 16 + boxBytes)]).toString("base64");
}
