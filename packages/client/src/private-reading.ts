import type { WireMessage } from "@sotto/protocol";
import type { Preferences } from "./preferences.ts";
import { isBefore } from "./records.ts";

/**
 * Reading without saying so. Who has switched read receipts off tells nobody what they have read, the server neither:
 * how far they are travels to their other devices in the account data. In turn they are not shown what others have read.
 */

/** The server's word on what was read, with what this person's own devices know, and without what they gave up. */
export function withPrivateReading(
  wire: WireMessage,
  ownUserId: string,
  preferences: Preferences,
): WireMessage {
  const { senderId, conversationId, deliveredAt, readAt, createdAt } = wire;
  if (senderId === ownUserId) {
    if (preferences.settings().readReceipts || readAt === null) return wire;
    return { ...wire, deliveredAt: deliveredAt ?? createdAt, readAt: null };
  }
  const place = preferences.readPlace(conversationId);
  return readAt === null && place !== null && !isBefore(place, wire) ? { ...wire, readAt: createdAt } : wire;
}
