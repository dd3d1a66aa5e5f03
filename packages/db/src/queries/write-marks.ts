/**
 * Delivered and read marks of many people, in one transaction and with a few statements for all of them.
 *
 * Finding whom the marks concern comes first and without locks; then the counters of all their feeds are locked in one
 * go, and only then message rows are marked. Marks are only ever added, so what was found is at least what is marked;
 * and since every change of a message row happens under its recipient's counter row, two devices of one person mark
 * one after the other.
 */
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

export type Marks = { acknowledgements: readonly Acknowledgement[]; readMarks: readonly ReadMark[] };

/** In the order of the marks; one that is refused touches no other. */
export type MarkOutcomes = {
  acknowledgements: AcknowledgementOutcome[];
  readMarks: ReadOutcome[];
  /** What the feeds were given. */
  runs: FeedRun[];
};

export async function writeMarks(db: Db, marks: Marks): Promise<MarkOutcomes> {
  return inTransaction(db, async (trx) => {
    const arrivals = await findArrivals(trx, marks.acknowledgements);
    const unread = await findUnread(trx, marks.readMarks);
    const outcomes = { acknowledgements: arrivals.outcomes, readMarks: unread.outcomes };
    const concerned = [...arrivals.concerned, ...unread.concerned];
    if (concerned.length === 0) return { ...outcomes, runs: [] };

    const at = await lockCounters(trx, concerned);
    const delivered = await markDelivered(trx, arrivals, at);
    const read = await markRead(trx, unread, at);
    return { ...outcomes, runs: await appendEvents(trx, [...delivered, ...read]) };
  });
}
