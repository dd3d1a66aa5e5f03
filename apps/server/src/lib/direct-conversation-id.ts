import { createHash } from "node:crypto";

const domain = "sotto/conversation/direct/v1\0";

/**
 * The id of the one direct conversation of two people: a UUIDv8 (RFC 9562, section 5.8) made of the first 16 bytes of
 * SHA-256 over a domain string and the two user ids in order, joined by a NUL. Two calls at once, from either side,
 * can't make two conversations.
 */
export function directConversationId(userId: string, otherUserId: string): string {
  const pair = [userId, otherUserId].sort().join("\0");
  const bytes = createHash("sha256").update(domain).update(pair).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
