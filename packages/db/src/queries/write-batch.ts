/**
 * Everything that is written while people talk: messages, delivered marks and read marks, of many people in one
 * transaction and with a few statements for all of them. What waits for one commit costs little more than one item
 * alone.
 *
 * Locks are taken in the order that `inTransaction` names: the conversations that are sent to, then the counters of
 * every feed that is written to, then the rows themselves. Finding whom the marks concern comes before the counters
 * and without locks: marks are only ever added, so what is found is at least what will be marked.
 *
 * Every item has an outcome of its own, and a refused one leaves nothing behind and touches no other.
 */
import type { SendResult } from "@sotto/protocol";
import type { Db } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type FeedRun } from "./append-events.ts";
import { lockCounters } from "./lock-counters.ts";
import {
  findArrivals,
  markDelivered,
  type Acknowledgement,
  type AcknowledgementOutcome,
} from "./mark-delivered.ts";
import { findUnread, markRead, type ReadMark, type ReadOutcome } from "./mark-read.ts";
import { lockConversations, storeMessages, type LockedConversations, type Send } from "./store-messages.ts";

export type Batch = {
  sends: readonly Send[];
  acknowledgements: readonly Acknowledgement[];
  readMarks: readonly ReadMark[];
};

/** The outcomes are in the order of the items. */
export type BatchOutcome = {
  /** One result for each message of each send. */
  sends: SendResult[][];
  acknowledgements: AcknowledgementOutcome[];
  readMarks: ReadOutcome[];
  /** What the feeds were given. */
  runs: FeedRun[];
};

export async function writeBatch(
  db: Db,
  { sends, acknowledgements, readMarks }: Batch,
): Promise<BatchOutcome> {
  return inTransaction(db, async (trx) => {
    const conversations = await lockConversations(trx, sends);
    const arrivals = await findArrivals(trx, acknowledgements);
    const unread = await findUnread(trx, readMarks);
    const concerned = [...arrivals.concerned, ...unread.concerned];
    const at =
      concerned.length > 0 ? await lockCounters(trx, [...concerned, ...membersOf(conversations)]) : "";

    const stored = await storeMessages(trx, sends, conversations);
    const delivered = await markDelivered(trx, arrivals, at);
    const read = await markRead(trx, unread, at);
    const runs = await appendEvents(trx, [...stored.events, ...delivered, ...read]);
    return { sends: stored.results, acknowledgements: arrivals.outcomes, readMarks: unread.outcomes, runs };
  });
}

function membersOf(conversations: LockedConversations): string[] {
  return [...conversations.values()].flatMap(({ memberIds }) => memberIds);
}
