import type { ConversationPage, FeedEvent, WireConversation, WireMessage } from "@sotto/protocol";
import type { Action } from "../src/actions.ts";
import type { Arrival } from "../src/merge.ts";
import type { MessageState, Person } from "../src/types.ts";

/** Smaller than the real ones, so that few messages make several pages. */
const newestInList = 2;
const historyPage = 3;

type Body = { text: string } | { target: string };

/** One conversation on a server that is correct and has no network: what the person's devices should end up with. */
export function createModelServer(own: Person, other: Person, conversationId: string) {
  const envelopes: { wire: WireMessage; first: WireMessage; body: Body }[] = [];
  /** `current`: with the marks that a message has by now, as a later read of the feed gives it. */
  const feed: ((current: boolean) => FeedEvent)[] = [];
  let clock = 0;

  function now(): string {
    clock += 1;
    return `2026-01-01T00:00:00.${String(clock).padStart(6, "0")}Z`;
  }

  function nextCursor(): string {
    return cursorAt(feed.length + 1);
  }

  function conversation(): WireConversation {
    const lastMessageAt = envelopes.at(-1)?.wire.createdAt ?? null;
    return {
      id: conversationId,
      kind: "direct",
      members: [own, other],
      createdAt: "2025-01-01T00:00:00.000000Z",
      lastMessageAt,
    };
  }

  function append(sender: Person, body: Body): string {
    const id = `00000000-0000-4000-8000-${String(envelopes.length).padStart(12, "0")}`;
    const recipientId = sender.id === own.id ? other.id : own.id;
    const names = { id, conversationId, senderId: sender.id, recipientId };
    const wire = {
      ...names,
      content: btoa(JSON.stringify(body)),
      createdAt: now(),
      deliveredAt: null,
      readAt: null,
    };
    const envelope = { wire: { ...wire }, first: wire, body };
    envelopes.push(envelope);
    const cursor = nextCursor();
    feed.push((current) => ({
      kind: "message",
      cursor,
      message: current ? copyOf(envelope) : envelope.first,
    }));
    return id;
  }

  /** Marks what `reader` was sent up to and with an envelope, and gives the ids of those that are marked by it. */
  function mark(reader: Person, last: number, state: "delivered" | "read", at: string): string[] {
    const ids: string[] = [];
    for (const { wire } of envelopes.slice(0, last + 1)) {
      if (wire.recipientId !== reader.id || wire[`${state}At`] !== null) continue;
      wire.deliveredAt ??= at;
      if (state === "read") wire.readAt = at;
      ids.push(wire.id);
    }
    return ids;
  }

  const born = conversation();
  feed.push(() => ({ kind: "conversation", cursor: cursorAt(1), conversation: born }));

  return {
    /** Everything that was written, in its order. */
    envelopes,
    /** What a device makes of it in the end. */
    state() {
      const messages = envelopes.filter(({ body }) => "text" in body).map(({ wire }) => wire);
      const isUnread = ({ senderId, readAt }: WireMessage) => senderId === other.id && readAt === null;
      const unreadCount = messages.filter(isUnread).length;
      return { unreadCount, messages: messages.toReversed().map((wire) => marksOf(own.id, wire)) };
    },
    head: () => cursorAt(feed.length),
    length: () => feed.length,
    /** Events `from` to `to`, both counted from 1 and included; those up to `read` with the marks of today. */
    events: (from: number, to: number, read: number) =>
      feed.slice(from - 1, to).map((event, index) => event(from + index <= read)),
    write: (sender: Person) => append(sender, { text: `text ${envelopes.length}` }),
    react: (target: number) => {
      const messages = envelopes.filter(({ body }) => "text" in body);
      const message = messages[target % Math.max(messages.length, 1)];
      if (message !== undefined) append(other, { target: message.wire.id });
    },
    /** The other one has or has seen the own messages up to this one. */
    receipt(last: number, state: "delivered" | "read"): void {
      const at = now();
      const messageIds = mark(other, last, state, at);
      const cursor = nextCursor();
      const names = { conversationId, userId: other.id, state, messageIds, at };
      if (messageIds.length > 0) feed.push(() => ({ kind: "receipt", cursor, ...names }));
    },
    /** One of the person's devices has seen what was written up to this one. */
    read(messageId: string): void {
      const last = envelopes.findIndex(({ wire }) => wire.id === messageId);
      if (mark(own, last, "read", now()).length === 0) return;
      const cursor = nextCursor();
      feed.push(() => ({ kind: "read", cursor, conversationId, messageId }));
    },
    list(): ConversationPage {
      const newest = envelopes.slice(-newestInList).map(copyOf);
      const unread = envelopes.filter(({ wire }) => wire.recipientId === own.id && wire.readAt === null);
      const entry = {
        conversation: conversation(),
        unreadCount: unread.length,
        newest: newest.toReversed(),
        older: envelopes.length > newest.length,
      };
      return { conversations: [entry], more: false };
    },
    history(before: string | undefined): { messages: WireMessage[]; older: boolean } {
      const end = envelopes.findIndex(({ wire }) => wire.id === before);
      const older = end === -1 ? envelopes : envelopes.slice(0, end);
      const page = older.slice(-historyPage).map(copyOf);
      return { messages: page.toReversed(), older: older.length > page.length };
    },
  };
}

/** Its marks change later. */
function copyOf({ wire }: { wire: WireMessage }): WireMessage {
  return { ...wire };
}

function cursorAt(seq: number): string {
  return `${seq}.${String(seq).padStart(16, "0")}`;
}

/** What a device makes of an envelope: as `openArrival` does, without the cryptography. */
export function openModel(ownId: string, wire: WireMessage): Arrival {
  const { id, conversationId, senderId, recipientId, createdAt } = wire;
  const body = JSON.parse(atob(wire.content)) as Body;
  const { state, ...marks } = marksOf(ownId, wire);
  if ("target" in body) {
    const action: Action = { type: "reaction", emoji: "👍", id, senderId, createdAt };
    return { kind: "action", conversationId, recipientId, target: body.target, action, state };
  }
  const names = { id, conversationId, senderId, recipientId, createdAt };
  return { kind: "message", message: { ...names, text: body.text, state, ...marks } };
}

/** The times of what others wrote are nobody's business on this side. */
function marksOf(ownId: string, { id, senderId, deliveredAt, readAt }: WireMessage) {
  if (senderId !== ownId) return { id, state: readAt === null ? ("unread" as const) : ("read" as const) };
  const state: MessageState = readAt !== null ? "read" : deliveredAt !== null ? "delivered" : "sent";
  return { id, state, ...(deliveredAt !== null && { deliveredAt }), ...(readAt !== null && { readAt }) };
}
