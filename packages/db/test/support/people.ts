import { randomBytes, randomUUID } from "node:crypto";
import {
  parseCursor,
  startCursor,
  type Cursor,
  type FeedEvent,
  type OutgoingMessage,
  type WireMessage,
  type WireUser,
} from "@sotto/protocol";
import {
  createAccount,
  listHistory,
  openDirectConversation,
  readFeed,
  type Db,
  type NewAccount,
} from "../../src/index.ts";
import { storeMessages } from "./alone.ts";

export function newAccount(username = `u${randomBytes(8).toString("hex")}`): NewAccount {
  return {
    id: randomUUID(),
    username,
    publicKey: randomBytes(32).toString("base64"),
    registrationRecord: `record-of-${username}`,
    passwordSlot: "cGFzc3dvcmQ=",
    recoverySlot: "cmVjb3Zlcnk=",
    recoveryProofHash: "cHJvb2Y=",
  };
}

/** Stands for the password under which `createPerson` made the account. */
export function recordOf(user: WireUser): string {
  return `record-of-${user.username}`;
}

export async function createPerson(db: Db, username?: string): Promise<WireUser> {
  const user = await createAccount(db, newAccount(username));
  if (!user) throw new Error("The name was taken.");
  return user;
}

export type Pair = { alice: WireUser; bob: WireUser; conversationId: string };

export async function createPair(db: Db): Promise<Pair> {
  const [alice, bob] = [await createPerson(db), await createPerson(db)];
  return { alice, bob, conversationId: await openBetween(db, alice, bob) };
}

export async function openBetween(db: Db, one: WireUser, other: WireUser): Promise<string> {
  const { conversation } = await openDirectConversation(db, {
    id: randomUUID(),
    userId: one.id,
    peerId: other.id,
  });
  return conversation.id;
}

export function outgoing(
  conversationId: string,
  recipientId: string,
  content = "Y2lwaGVydGV4dA==",
): OutgoingMessage {
  return { conversationId, id: randomUUID(), envelopes: [{ recipientId, content }] };
}

/** Sends `count` messages at once and returns their ids in order. */
export async function sendSome(db: Db, conversationId: string, from: WireUser, to: WireUser, count: number) {
  const messages = Array.from({ length: count }, () => outgoing(conversationId, to.id));
  const { results } = await storeMessages(db, { senderId: from.id, messages });
  if (results.some(({ status }) => status !== "stored")) throw new Error("A message was refused.");
  return messages.map(({ id }) => id);
}

/** One page of history, which has to be there. */
export async function historyOf(
  db: Db,
  page: Parameters<typeof listHistory>[1],
): Promise<{ messages: WireMessage[]; older: boolean }> {
  const found = await listHistory(db, page);
  if (typeof found === "string") throw new Error(found);
  return found;
}

export function cursorOf(event: FeedEvent | undefined): Cursor {
  const cursor = event && parseCursor(event.cursor);
  if (!cursor) throw new Error("There is no such event.");
  return cursor;
}

/** The whole feed, read in pages. */
export async function readWholeFeed(db: Db, user: WireUser, limit = 100): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  for (let after: Cursor = { seq: 0, tag: null }; ; after = cursorOf(events.at(-1))) {
    const page = await readFeed(db, { userId: user.id, after, limit });
    if (page.kind === "resync")
      throw new Error(`The feed broke off after ${events.at(-1)?.cursor ?? startCursor}.`);
    if (page.events.length === 0) return events;
    events.push(...page.events);
  }
}

export function ofKind<Kind extends FeedEvent["kind"]>(
  events: readonly FeedEvent[],
  kind: Kind,
): Extract<FeedEvent, { kind: Kind }>[] {
  return events.filter((event): event is Extract<FeedEvent, { kind: Kind }> => event.kind === kind);
}

export const wireTimePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
