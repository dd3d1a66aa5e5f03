import { sendAnswerSchema, type SendResult } from "@sotto/protocol";
import { v7 as uuidv7 } from "uuid";
import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import type { Blocks } from "./blocks.ts";
import type { Emitter } from "./emitter.ts";
import { toAction, withActions } from "./actions.ts";
import type { Body } from "./body.ts";
import { content, type Sealer } from "./envelopes.ts";
import { passingReasons, serverReason, SottoError, toSottoError } from "./errors.ts";
import { cutFlush, toWire } from "./flush.ts";
import type { Library } from "./library.ts";
import { messageChanges } from "./message-records.ts";
import { type Arrival, withMessage } from "./merge.ts";
import { receive } from "./receive.ts";
import { withAnswer } from "./requests.ts";
import { createRetry } from "./retry.ts";
import { keys, type MessageRecord, type OutboxRecord } from "./records.ts";
import { sealForOutbox } from "./seal-for-outbox.ts";
import type { Change, Store } from "./stores/store.ts";
import { createWaiters, type Sent } from "./waiters.ts";

type Entry = { key: string; record: OutboxRecord };
type Refusal = Extract<SendResult, { status: "refused" }>;

/** `id`: as in `OutgoingMessage`. `replaces`: changes for the same commit. */
type AddOptions = { id?: string; replaces?: Change[] };

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Messages on their way. The sealed bytes are in the store before the first attempt and go out unchanged until the
 * server has them or refuses them for good; one flush runs at a time, in the order of writing. The acknowledgement may
 * come twice, as the answer to the send and as the message's own feed event: whichever is first settles it.
 */
export function createOutbox(input: {
  store: Store;
  library: Library;
  api: Api;
  accountData: AccountDataSync;
  blocks: Blocks;
  emitter: Emitter;
  sealer: Sealer;
  isOnline: () => boolean;
}) {
  const { store, library, api, emitter, sealer, isOnline } = input;
  let entries: Entry[] = [];
  let nextOrder = 1;
  const waiters = createWaiters();
  let flushing = false;
  const retry = createRetry(() => void flush());
  let closed = false;

  function find(id: string): Entry | undefined {
    return entries.find(({ record }) => record.id === id);
  }

  function toArrival(record: OutboxRecord, from: { createdAt: string; state: "queued" | "sent" }): Arrival {
    const { id, conversationId, envelopes, body } = record;
    const senderId = sealer.userId;
    const recipientId = envelopes[0]?.recipientId ?? senderId;
    if (body.type === "text") {
      return {
        kind: "message",
        message: { id, conversationId, senderId, recipientId, ...from, ...content(body) },
      };
    }
    const action = toAction(body, { id, senderId, createdAt: from.createdAt });
    return { kind: "action", conversationId, recipientId, target: body.target, action, state: from.state };
  }

  /** What waits to go out, in the order of writing, as it will be. */
  function queuedArrivals(conversationId: string): Arrival[] {
    return entries
      .filter(({ record }) => record.conversationId === conversationId)
      .map(({ record }) => toArrival(record, { createdAt: record.createdAt, state: "queued" }));
  }

  /** A message with what was written about it here and is not stored by the server yet. */
  function withQueuedActions(message: MessageRecord): MessageRecord {
    const actions = queuedArrivals(message.conversationId).flatMap((arrival) =>
      arrival.kind === "action" && arrival.target === message.id
        ? [{ ...arrival.action, queued: true } as const]
        : [],
    );
    return withActions(message, actions);
  }

  function queuedMessages(conversationId: string): MessageRecord[] {
    return queuedArrivals(conversationId).flatMap((arrival) =>
      arrival.kind === "message" ? [withQueuedActions(arrival.message)] : [],
    );
  }

  /** Inside `library.writes`: the changes that turn an entry into a stored message, or apply its action. */
  async function storedChanges({ key, record }: Entry, createdAt: string): Promise<Change[]> {
    const conversation = await library.getConversation(record.conversationId);
    const received = await receive(library, conversation.id, [
      toArrival(record, { createdAt, state: "sent" }),
    ]);
    const next = received.newMessages.reduce(withMessage, conversation);
    return [
      { key, value: null },
      ...received.changes,
      ...(next === conversation ? [] : [{ key: keys.conversation(conversation.id), value: next }]),
    ];
  }

  function settled(entry: Entry, createdAt: string): void {
    entries = entries.filter((other) => other !== entry);
    waiters.resolve({ id: entry.record.id, createdAt });
  }

  /**
   * Leaves the outbox: a message for its place among the messages, with the reason. Its number is used up: the next body
   * to that recipient names it, and those that it would have named.
   */
  async function refuse(entry: Entry, { reason, message: refusal }: Refusal): Promise<void> {
    const { conversationId, counter, voids } = entry.record;
    await library.writes(async () => {
      // The feed may have brought it meanwhile: then it is stored, whatever this answer says.
      if (!entries.includes(entry)) return;
      const arrival = toArrival(entry.record, { createdAt: entry.record.createdAt, state: "queued" });
      const { recipientId } = arrival.kind === "message" ? arrival.message : arrival;
      const voidKey = keys.voids(conversationId, recipientId);
      const known = ((await store.get(voidKey)) ?? []) as number[];
      await store.commit([
        { key: entry.key, value: null },
        { key: voidKey, value: [...known, ...voids, counter] },
        ...(arrival.kind === "message"
          ? messageChanges({ ...arrival.message, state: "refused", refusal, refusalReason: reason })
          : []),
      ]);
      entries = entries.filter((other) => other !== entry);
    });
  }

  async function applyResult(entry: Entry, result: SendResult): Promise<void> {
    if (result.status === "stored") {
      await library.writes(async () => {
        if (!entries.includes(entry)) return;
        await store.commit(await storedChanges(entry, result.createdAt));
        settled(entry, result.createdAt);
      });
    } else if (!passingReasons.has(result.reason)) {
      await refuse(entry, result);
      waiters.reject(entry.record.id, new SottoError(result.reason, result.message));
    }
    emitter.tell("messages", { conversationId: entry.record.conversationId });
    emitter.tell("conversations", undefined);
  }

  /** The next flush; nothing while nothing can go out. */
  function due(): Entry[] {
    return closed || !isOnline() ? [] : cutFlush(entries);
  }

  async function send(chunk: Entry[]): Promise<SendResult[]> {
    try {
      const answer = await api.messages.send.mutate({ messages: chunk.map(({ record }) => toWire(record)) });
      const { results } = sendAnswerSchema.parse(answer);
      if (results.some(({ id }, index) => id !== chunk[index]?.record.id)) {
        throw new SottoError("untrusted-answer", "The server answered for other messages than were sent.");
      }
      return results;
    } catch (error) {
      const reason = serverReason(error);
      const [only] = chunk;
      if (reason === null || passingReasons.has(reason) || only === undefined) throw error;
      // The whole call was refused: find out by sending each alone, in order, which one it is about.
      if (chunk.length > 1) {
        const results: SendResult[] = [];
        for (const entry of chunk) results.push(...(await send([entry])));
        return results;
      }
      return [{ status: "refused", id: only.record.id, reason, message: toSottoError(error).message }];
    }
  }

  async function flush(): Promise<void> {
    if (flushing || closed) return;
    flushing = true;
    try {
      for (let chunk = due(); chunk.length > 0; chunk = due()) {
        const results = await send(chunk);
        for (const [index, result] of results.entries()) {
          const entry = chunk[index];
          if (entry !== undefined) await applyResult(entry, result);
        }
        if (!results.some(({ status }) => status === "stored")) {
          retry.failed();
          break;
        }
        retry.succeeded();
      }
    } catch {
      retry.failed();
    } finally {
      flushing = false;
    }
  }

  /** Inside `library.writes`: counter, hash and entry go into the store together or not at all. */
  async function enqueue(
    conversationId: string,
    body: Body,
    { id = uuidv7(), replaces = [] }: AddOptions,
  ): Promise<string> {
    const { record, changes } = await sealForOutbox(input, { conversationId, id, body });
    const key = keys.outboxEntry(nextOrder);
    nextOrder += 1;
    const conversation = await library.getConversation(conversationId);
    const answered = withAnswer(conversation, { answered: true });
    if (answered !== conversation) changes.push({ key: keys.conversation(conversationId), value: answered });
    await store.commit([...replaces, ...changes, { key, value: record }]);
    entries.push({ key, record });
    return id;
  }

  /** What an earlier call with this id has come to; null where there was none. */
  async function findSent(conversationId: string, id: string): Promise<{ sent: Promise<Sent> } | null> {
    const waiting = find(id);
    if (waiting?.record.conversationId === conversationId) return { sent: waiters.wait(id) };
    if (waiting !== undefined) {
      throw new SottoError("bad-input", `The message ${id} is on its way in another conversation.`);
    }
    const message = await library.findMessage(conversationId, id);
    if (message === undefined) return null;
    const { createdAt, senderId, state, refusal } = message;
    if (senderId !== sealer.userId) throw new SottoError("bad-input", `The message ${id} is not yours.`);
    if (state !== "refused") return { sent: Promise.resolve({ id, createdAt }) };
    return { sent: Promise.reject(new SottoError("not-possible", refusal ?? "This message was refused.")) };
  }

  return {
    async load(): Promise<void> {
      const stored = await store.list({ prefix: keys.outbox });
      entries = stored.map(({ key, value }) => ({ key, record: value as OutboxRecord }));
      nextOrder = Number(entries.at(-1)?.key.slice(keys.outbox.length) ?? 0) + 1;
    },
    /** In the order of writing. */
    queuedMessages,
    withQueuedActions,
    /**
     * Resolves when the sealed message is in the store. `sent` resolves when the server has it, and rejects when it is
     * refused for good or the messenger closes first.
     */
    async add(
      conversationId: string,
      body: Body,
      options: AddOptions = {},
    ): Promise<{ sent: Promise<Sent> }> {
      if (closed) throw new SottoError("closed", "The messenger is closed.");
      const underway = await library
        .writes(async () => {
          const earlier = options.id === undefined ? null : await findSent(conversationId, options.id);
          return earlier ?? { sent: waiters.wait(await enqueue(conversationId, body, options)) };
        })
        .catch((error: unknown) => {
          // Whatever it met in a store that is being emptied: nobody is signed in any more.
          throw closed ? new SottoError("closed", "The messenger is closed.", { cause: error }) : error;
        });
      // Not everybody waits for it, and nobody from the first moment on.
      underway.sent.catch(() => undefined);
      if (closed) waiters.rejectAll(closedMeanwhile);
      emitter.tell("messages", { conversationId });
      emitter.tell("conversations", undefined);
      void flush();
      return underway;
    },
    flush: () => void flush(),
    /**
     * Inside `library.writes`: the feed brought the message itself. Null where it is not in the outbox; else the
     * changes, and what to do once they are committed.
     */
    async arrived(
      id: string,
      createdAt: string,
    ): Promise<{ changes: Change[]; committed: () => void } | null> {
      const entry = find(id);
      if (entry === undefined) return null;
      return { changes: await storedChanges(entry, createdAt), committed: () => settled(entry, createdAt) };
    },
    close(): void {
      closed = true;
      retry.close();
      waiters.rejectAll(closedMeanwhile);
    },
  };
}

function closedMeanwhile(): SottoError {
  return new SottoError("closed", "The messenger was closed; the message goes out when it is started again.");
}
