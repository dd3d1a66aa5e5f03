import { setTimeout } from "node:timers/promises";
import type { FeedPage, FeedPlace } from "@sotto/db";
import { findFeedHead } from "@sotto/db";
import type { Cursor, FeedBatch } from "@sotto/protocol";
import { formatCursor, parseCursor } from "@sotto/protocol";
import type { TrackedEnvelope } from "@trpc/server";
import { tracked } from "@trpc/server";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { FeedInbox } from "../lib/feed-inbox.ts";
import { BatchSize, takeBatch } from "../lib/feed-batches.ts";
import { describeError } from "../lib/logger.ts";
import { RequestError } from "../lib/request-error.ts";
import type { Admission } from "../socket/live-socket.ts";

export async function getFeedHead(app: App, session: Session): Promise<{ cursor: string }> {
  return { cursor: await findFeedHead(app.db, session.userId) };
}

export function subscribeFeed(
  app: App,
  session: Session,
  admission: Admission,
  cursorText: string,
): AsyncGenerator<TrackedEnvelope<FeedBatch>, void> {
  const cursor = parseCursor(cursorText);
  if (!cursor) throw new RequestError("bad-cursor", "The cursor must be 0 or <number>.<16 hex digits>.");
  return streamFeed(app, session.userId, admission, cursor);
}

/**
 * Listen first, then read, then wait, and again. News that arrive after a read lie in the inbox that was hung up before
 * it, so nothing falls between, and what gets lost is made good by the safety poll. Each event is sent once, in the
 * order of the feed: from the inbox where that goes on exactly at the reader's place, else from the database, up to where
 * the inbox goes on. A reader that is slower than its feed holds up its own generator and nothing else.
 */
async function* streamFeed(
  app: App,
  userId: string,
  admission: Admission,
  start: Cursor,
): AsyncGenerator<TrackedEnvelope<FeedBatch>, void> {
  const { signal } = admission;
  const inbox = new FeedInbox(userId, app.timings.lazyNewsMs, signal);
  const place = { inbox, after: start.seq };
  const off = app.feedWatch.add(place);
  const size = new BatchSize();
  let cursor = start;
  let failures = 0;
  let isCompared = false;
  let isBehind = true;
  try {
    for (;;) {
      // Before anything is read: what a slow reader cannot take yet stays in the database.
      await admission.writable();
      if (signal.aborted) return;
      // The database at first: only it tells whether the cursor is one of this feed.
      let events = isCompared ? inbox.take(cursor.seq) : [];
      if (events.length === 0 && inbox.takeUnread()) {
        const asked = { userId, after: cursor, ...inbox.gapAfter(cursor.seq) };
        const page = await readPage(app, asked, isBehind ? "backlog" : "news", signal);
        if (signal.aborted) return;
        if (page === null) {
          inbox.put(null);
          failures += 1;
          await sleep(retryMs(failures, app.timings.safetyPollMs), signal);
          continue;
        }
        failures = 0;
        if (page.kind === "resync") {
          yield tracked(formatCursor(cursor), { kind: "resync" });
          return;
        }
        isCompared = true;
        events = page.events;
        inbox.learnLast(page.lastSeq);
        isBehind = cursor.seq + events.length < (asked.upTo ?? page.lastSeq);
      } else if (events.length === 0) {
        await inbox.wait();
      }
      while (events.length > 0) {
        const batch = takeBatch(events, size.bytes);
        events = events.slice(batch.length);
        const last = parseCursor(batch.at(-1)?.cursor ?? "");
        if (last === null) continue;
        await admission.writable();
        if (signal.aborted) return;
        app.metrics.feedEvents.inc(batch.length);
        yield tracked(formatCursor(last), { kind: "events", events: batch });
        cursor = last;
        place.after = last.seq;
        const sentAtMs = performance.now();
        await admission.writable(size.bytes);
        size.sent(batch, performance.now() - sentAtMs);
      }
    }
  } finally {
    off();
    admission.release();
  }
}

/**
 * Null where the database did not answer: a throw would end the stream for good.
 * A read that a leaving subscriber left behind may find the database closed, which is nobody's concern.
 */
async function readPage(
  app: App,
  place: FeedPlace,
  what: "news" | "backlog",
  signal: AbortSignal,
): Promise<FeedPage | null> {
  try {
    app.metrics.feedReads.inc();
    return await app.feedReader.read(place, what);
  } catch (error) {
    const { userId } = place;
    if (!signal.aborted)
      app.logger.warn({ error: describeError(error), userId }, "feed not readable, trying again");
    return null;
  }
}

/** Soon where a connection broke; slower, and each reader at its own time, while the database stays away. */
function retryMs(failures: number, ceilingMs: number): number {
  return Math.random() * Math.min(ceilingMs, 100 * 2 ** failures);
}

/** Settles after `ms`, or when the signal aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
