/**
 * The id of the one direct conversation of two people: a UUIDv8 (RFC 9562, section 5.8) of SHA-256 over a domain
 * string and the two user ids in order. Two calls at once, from either side, can't make two conversations, and a
 * device can check that a conversation is between the people it is said to be. Hashing is left to the caller, because
 * browsers only do it asynchronously.
 */
const domain = "sotto/conversation/direct/v1\0";

/** What is hashed, in UTF-8. */
export function directConversationName(userId: string, otherUserId: string): string {
  return domain + [userId, otherUserId].sort().join("\0");
}

/** @param digest SHA-256 of the name: 32 bytes, of which the first 16 are used */
export function uuidOfDigest(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
