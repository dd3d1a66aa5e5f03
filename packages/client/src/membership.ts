import {
  canonicalUsername,
  directConversationName,
  uuidOfDigest,
  type WireConversation,
  type WireUser,
} from "@sotto/protocol";
import { parsePublicKey } from "@sotto/crypto";
import { SottoError } from "./errors.ts";

/**
 * Whether a conversation can be what the server says it is: between this person, with the key that this device holds,
 * and one other, with a key that can be one, under the id that follows from the two. A host that puts somebody else
 * into a known conversation fails here.
 *
 * @throws SottoError `untrusted-answer`, CryptoError for a public key that is none
 */
export async function assertConversation(wire: WireConversation, own: WireUser): Promise<void> {
  const peer = wire.members.find(({ id }) => id !== own.id);
  const me = wire.members.find(({ id }) => id === own.id);
  const expected = peer && (await directConversationId(own.id, peer.id));
  if (
    wire.members.length !== 2 ||
    peer === undefined ||
    me?.publicKey !== own.publicKey ||
    wire.id !== expected
  ) {
    throw untrusted("The server described a conversation that is not between you and one other person.");
  }
  parsePublicKey(peer.publicKey);
}

/** @throws SottoError `untrusted-answer` where the conversation is with somebody else than was asked for */
export function assertPeer(wire: WireConversation, own: WireUser, username: string): void {
  const asked = canonicalUsername(username);
  if (wire.members.some((member) => member.id !== own.id && canonicalUsername(member.username) === asked))
    return;
  throw untrusted(`The server opened a conversation with somebody else than ${username}.`);
}

/** Only members write into a conversation, and only to each other. */
export function isBetween(memberIds: readonly string[], senderId: string, recipientId: string): boolean {
  return senderId !== recipientId && memberIds.includes(senderId) && memberIds.includes(recipientId);
}

async function directConversationId(userId: string, otherUserId: string): Promise<string> {
  const name = new TextEncoder().encode(directConversationName(userId, otherUserId));
  return uuidOfDigest(new Uint8Array(await crypto.subtle.digest("SHA-256", name)));
}

function untrusted(message: string): SottoError {
  return new SottoError("untrusted-answer", `${message} It was not used. Tell whoever runs it.`);
}
