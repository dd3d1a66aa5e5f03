import { CryptoError, assertEnvelope, decodeBase64 } from "@sotto/crypto/inspect";
import { listHistory } from "@sotto/db";
import type {
  historyAnswerSchema,
  historyInput,
  markReadInput,
  OutgoingMessage,
  SendResult,
} from "@sotto/protocol";
import { parseCursor } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { RequestError, unknownConversation, unknownMessage } from "../lib/request-error.ts";
import { inTurn, type LiveSocket } from "../socket/live-socket.ts";

/**
 * Every message is judged on its own: a broken one is refused and its neighbours are stored, all of them in one call
 * and in their order.
 */
export async function sendMessages(
  app: App,
  session: Session,
  messages: OutgoingMessage[],
): Promise<{ results: SendResult[] }> {
  const refusals = new Map<number, SendResult>();
  const sound: OutgoingMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const refusal = await findFault(app, session.userId, message);
    if (refusal) {
      refusals.set(index, {
        status: "refused",
        id: message.id,
        reason: refusal.reason,
        message: refusal.message,
      });
    } else {
      sound.push(message);
    }
  }
  if (sound.length === 0) return { results: [...refusals.values()] };

  const stored = await app.writes.send({ senderId: session.userId, messages: sound });
  app.metrics.messagesStored.inc(stored.filter(({ status }) => status === "stored").length);
  const answers = stored.values();
  const results = messages.map((message, index) => {
    const result = refusals.get(index) ?? answers.next().value;
    if (!result) throw new Error(`The database gave no result for message ${message.id}.`);
    return result;
  });
  return { results };
}

/** What the server can see of an envelope without opening it: its head, its key ids, its length. */
async function findFault(app: App, senderId: string, message: OutgoingMessage): Promise<RequestError | null> {
  for (const { recipientId, content } of message.envelopes) {
    if (recipientId === senderId) {
      return new RequestError("to-yourself", "A message cannot be addressed to its own sender.");
    }
    const senderKey = await app.publicKeys.find(senderId);
    const recipientKey = await app.publicKeys.find(recipientId);
    if (!senderKey || !recipientKey) {
      return new RequestError("wrong-recipients", "The message is addressed to somebody who is not here.");
    }
    try {
      assertEnvelope(decodeBase64(content), { senderKey, recipientKey });
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      const reason = error.code === "too-large" ? "envelope-too-large" : "envelope-invalid";
      return new RequestError(reason, `${error.message}.`);
    }
  }
  return null;
}

export async function listMessages(
  app: App,
  session: Session,
  socket: LiveSocket | null,
  input: z.infer<typeof historyInput>,
): Promise<z.infer<typeof historyAnswerSchema>> {
  await app.rateLimits.take("history", session.userId);
  const { conversationId, before, limit } = input;
  const place = {
    conversationId,
    userId: session.userId,
    limit,
    ...(before === undefined ? {} : { before }),
  };
  const page = await inTurn(socket, () => listHistory(app.db, place));
  if (page === "unknown-conversation") throw unknownConversation();
  if (page === "unknown-message") throw unknownMessage();
  return page;
}

export async function acknowledgeFeed(app: App, session: Session, cursorText: string): Promise<void> {
  const cursor = parseCursor(cursorText);
  const outcome = cursor && (await app.writes.acknowledge({ userId: session.userId, cursor }));
  if (outcome !== "done") {
    throw new RequestError(
      "bad-cursor",
      "The cursor names no event of this feed. Load anew from the feed's head.",
    );
  }
}

export async function markMessagesRead(
  app: App,
  session: Session,
  input: z.infer<typeof markReadInput>,
): Promise<void> {
  const outcome = await app.writes.markRead({ userId: session.userId, ...input });
  if (outcome === "unknown-conversation") throw unknownConversation();
  if (outcome === "unknown-message") throw unknownMessage();
}
