import type { FeedEvent, ReceiptState, WireMessage } from "@sotto/protocol";
import type { AccountDataSync } from "./account-data.ts";
import type { Emitter } from "./emitter.ts";
import { isDistrust } from "./errors.ts";
import { type Library, newConversation, personChanges } from "./library.ts";
import { publicMessage } from "./message-records.ts";
import { assertConversation } from "./membership.ts";
import { type Arrival, earliestMarks, laterState, withMessage, withNewestAction } from "./merge.ts";
import type { Outbox } from "./outbox.ts";
import type { Preferences } from "./preferences.ts";
import { receive } from "./receive.ts";
import { answeredBy, withAnswer } from "./requests.ts";
import { keys, type MessageRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";
import type { Message, Person, Receipt } from "./types.ts";

type EventOf<Kind extends FeedEvent["kind"]> = Extract<FeedEvent, { kind: Kind }>;

export type FeedApplier = ReturnType<typeof createFeedApplier>;

/**
 * Writes feed events into the store: for each event its changes and the cursor, in one commit. Only where a program
 * handles `message` there are two: the message with a note that it is being announced, then, once the handlers have
 * settled, the cursor. A program killed in between sees that message again.
 */
export function createFeedApplier(input: {
  store: Store;
  library: Library;
  outbox: Outbox;
  accountData: AccountDataSync;
  preferences: Preferences;
  emitter: Emitter;
  own: Person;
  /** Names this store in envelopes, in hex. */
  device: string;
  open: (wire: WireMessage, memberIds: readonly string[]) => Arrival;
  onDistrust: () => void;
  /** Read up to a message that is not here: it was noted, and has to be counted anew. */
  onReadElsewhere: () => void;
}) {
  const { store, library, outbox, accountData, preferences, emitter, own, device, open, onDistrust } = input;
  /** Handlers that still run may finish, but nothing new begins. */
  let stopping = false;
  let closed = false;

  /** An event that does not fit is passed over: it must not keep what follows from arriving. */
  function distrust(cursor: string): Promise<void> {
    onDistrust();
    return commit([], cursor);
  }

  function commit(changes: Change[], cursor: string): Promise<void> {
    return store.commit([...changes, { key: keys.cursor, value: cursor }]);
  }

  /** Puts the message where `history` finds it. Gives it where handlers are to see it. */
  async function storeMessage(wire: WireMessage, cursor: string): Promise<Message | null> {
    return library.writes(async () => {
      const arrived = await outbox.arrived(wire.id, wire.createdAt);
      if (arrived !== null) {
        await commit(arrived.changes, cursor);
        arrived.committed();
        return null;
      }
      const conversation = await library.findConversation(wire.conversationId);
      if (conversation === undefined) {
        await distrust(cursor);
        return null;
      }
      const arrival = open(wire, conversation.memberIds);
      const received = await receive(library, conversation.id, [arrival]);
      const { changes, newMessages, newActions } = received;
      const next = withAnswer(
        withNewestAction(newMessages.reduce(withMessage, conversation), newActions),
        answeredBy([wire], own.id),
      );
      if (next !== conversation) changes.push({ key: keys.conversation(conversation.id), value: next });
      const merged = received.messages.get(wire.id);
      if (merged === undefined) {
        await commit(changes, cursor);
        return null;
      }
      const { unannounced, ...message } = merged;
      // The first load may bring what this device sent while it ran.
      const sentHere = message.senderId === own.id && message.link?.device === device;
      if (unannounced === true) changes.push({ key: keys.message(message), value: message });
      const news =
        newMessages.length > 0 || unannounced === true || (await store.get(keys.announcing)) === wire.id;
      if (!news || sentHere || !emitter.has("message")) {
        await commit(changes, cursor);
        return null;
      }
      await store.commit([...changes, { key: keys.announcing, value: wire.id }]);
      const [judged] = await library.judge(conversation, [message]);
      return judged ?? publicMessage(message);
    });
  }

  async function applyMessage({ message: wire, cursor }: EventOf<"message">): Promise<void> {
    const unannounced = await storeMessage(wire, cursor);
    // It is in the store: a screen need not wait for those who handle it.
    emitter.tell("messages", { conversationId: wire.conversationId });
    if (unannounced !== null) {
      await emitter.emit("message", unannounced);
      // A handler that was cut off by the end sees its message again at the next start.
      if (closed) return;
      await library.writes(() => commit([{ key: keys.announcing, value: null }], cursor));
    }
    emitter.tell("conversations", undefined);
  }

  /** A receipt for what was never sent to that person, or that says less than an earlier one, changes nothing. */
  async function applyReceipt(event: EventOf<"receipt">): Promise<void> {
    const { conversationId, userId, messageIds, cursor } = event;
    const state = preferences.settings().readReceipts ? event.state : "delivered";
    // Who does not get to see that it was read does not get the time of it either, as the time of something else.
    const news = event.state === state ? { [`${state}At` as const]: event.at } : {};
    const receipts: Receipt[] = [];
    await library.writes(async () => {
      const changes: Change[] = [];
      for (const id of messageIds) {
        const message = await library.findMessage(conversationId, id);
        if (message === undefined || message.recipientId !== userId || message.state === "imported") continue;
        const steps = stepsOf(message, state);
        const marks = earliestMarks(message, news);
        if (steps.length === 0 && sameMarks(message, marks)) continue;
        receipts.push(...steps.map((step) => ({ messageId: id, conversationId, userId, state: step })));
        const value: MessageRecord = { ...message, ...marks, state: laterState(message.state, state) };
        changes.push({ key: keys.message(message), value });
      }
      await commit(changes, cursor);
    });
    for (const receipt of receipts) emitter.tell("receipt", receipt);
    emitter.tell("messages", { conversationId });
    emitter.tell("conversations", undefined);
  }

  async function applyRead({ conversationId, messageId, cursor }: EventOf<"read">): Promise<void> {
    const isElsewhere = await library.writes(async () => {
      const conversation = await library.findConversation(conversationId);
      const last = await library.findPlace(conversationId, messageId);
      if (conversation !== undefined && last !== undefined) {
        await commit((await library.readUpTo(conversation, last)).changes, cursor);
        return false;
      }
      const isDue = conversation !== undefined && !conversation.complete && conversation.unreadCount > 0;
      const value = { ...conversation, readElsewhere: messageId };
      await commit(isDue ? [{ key: keys.conversation(conversationId), value }] : [], cursor);
      return isDue;
    });
    if (isElsewhere) input.onReadElsewhere();
    emitter.tell("messages", { conversationId });
    emitter.tell("conversations", undefined);
  }

  async function applyConversation({ conversation: wire, cursor }: EventOf<"conversation">): Promise<void> {
    try {
      await assertConversation(wire, own);
    } catch (error) {
      if (!isDistrust(error)) throw error;
      await library.writes(() => distrust(cursor));
      return;
    }
    await accountData.observe(wire.members);
    await library.writes(async () => {
      const known = await library.findConversation(wire.id);
      const changes = personChanges(wire);
      if (known === undefined) {
        // Nothing was written yet when this event was: what follows in the feed completes it.
        changes.push({
          key: keys.conversation(wire.id),
          value: { ...newConversation(wire, false), complete: true },
        });
      }
      await commit(changes, cursor);
    });
    emitter.tell("conversations", undefined);
  }

  async function applyUser({ user, cursor }: EventOf<"user">): Promise<void> {
    await accountData.observe([user]);
    await library.writes(() => commit([{ key: keys.person(user.id), value: user }], cursor));
    emitter.tell("conversations", undefined);
  }

  async function applyOne(event: FeedEvent): Promise<void> {
    switch (event.kind) {
      case "message":
        return applyMessage(event);
      case "receipt":
        return applyReceipt(event);
      case "read":
        return applyRead(event);
      case "conversation":
        return applyConversation(event);
      case "user":
        return applyUser(event);
      case "account":
        return commit([], event.cursor);
    }
  }

  return {
    /** Applies them in order, and gives the last one that was: all of them unless it was stopped. */
    async apply(events: FeedEvent[]): Promise<FeedEvent | undefined> {
      let last: FeedEvent | undefined;
      for (const event of events) {
        if (stopping) break;
        await applyOne(event);
        last = event;
      }
      return last;
    },
    stop(): void {
      stopping = true;
    },
    close(): void {
      closed = true;
    },
  };
}

/** The states that a receipt adds to an own message. What was seen has arrived, also where nobody said so. */
function stepsOf(message: MessageRecord, state: ReceiptState): ReceiptState[] {
  if (laterState(message.state, state) === message.state) return [];
  return state === "read" && message.state === "sent" ? ["delivered", "read"] : [state];
}

function sameMarks(a: Pick<MessageRecord, "deliveredAt" | "readAt">, b: typeof a): boolean {
  return a.deliveredAt === b.deliveredAt && a.readAt === b.readAt;
}
