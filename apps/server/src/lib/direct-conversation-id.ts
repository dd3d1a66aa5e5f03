import { createHash } from "node:crypto";
import { directConversationName, uuidOfDigest } from "@sotto/protocol";

export function directConversationId(userId: string, otherUserId: string): string {
  return uuidOfDigest(createHash("sha256").update(directConversationName(userId, otherUserId)).digest());
}
