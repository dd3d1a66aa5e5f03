/** What an attacker sends who makes the server store as much as one call may carry. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  createKeyring,
  decodeBase64,
  encodeBase64,
  keyPairFromSecretKey,
  parsePublicKey,
  sealEnvelope,
} from "@sotto/crypto";
import { limits } from "@sotto/protocol";
import type { Member } from "../fleet/members.ts";
import { callFrame, post } from "./raw-socket.ts";

/** Sealed once: the server can't see that they come again under other ids. */
export type LargeSend = { conversationId: string; recipientId: string; contents: string[] };

/** The largest body there is, and one that fills what it leaves of a frame. */
const bodyBytes = [limits.bodyMaxBytes, 26 * 1024];

export async function prepareLargeSend(
  url: string,
  accessToken: string,
  sender: Member,
  recipient: Member,
): Promise<LargeSend> {
  const authorization = `Bearer ${accessToken}`;
  const { username } = recipient;
  const { id: conversationId } = await post<{ id: string }>(
    url,
    "conversations.openDirect",
    { authorization },
    { username },
  );
  const keyring = createKeyring(keyPairFromSecretKey(decodeBase64(sender.secretKey)));
  const context = { senderId: sender.id, recipientId: recipient.id, conversationId, messageId: randomUUID() };
  const contents = bodyBytes.map((length, index) =>
    encodeBase64(
      sealEnvelope(keyring, {
        kind: 1,
        device: randomBytes(16),
        counter: index + 1,
        sentAt: Date.now(),
        previous: new Uint8Array(16),
        body: randomBytes(length),
        recipientKey: parsePublicKey(decodeBase64(recipient.publicKey)),
        context,
      }),
    ),
  );
  return { conversationId, recipientId: recipient.id, contents };
}

/** One call with new messages, just below the frame limit. */
export function makeLargeFrame({ conversationId, recipientId, contents }: LargeSend, id: number): string {
  const messages = contents.map((content) => ({
    conversationId,
    id: randomUUID(),
    envelopes: [{ recipientId, content }],
  }));
  return JSON.stringify(callFrame(id, "mutation", "messages.send", { messages }));
}
