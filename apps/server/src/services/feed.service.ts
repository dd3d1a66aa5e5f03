import type { FeedPage } from "@sotto/db";
import { findFeedHead, readFeed } from "@sotto/db";
import type { Cursor, FeedBatch } from "@sotto/protocol";
import { formatCursor, parseCursor } from "@sotto/protocol";
import type { TrackedEnvelope } from "@trpc/server";
import { tracked } from "@trpc/server";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { Bell } from "../lib/bell.ts";
import { firstPageSize, nextPageSize, splitBatches } from "../lib/feed-batches.ts";
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
 * Listen first, then read, then wait, and again. An event that commits after a read rings the bell that was hung up
 * before it, so nothing falls between; a ring that gets lost is made good by the safety poll. What is sent comes from
 * the database alone, in the order of the feed, each event once for each subscription. A reader that is slower than
 * its feed holds up its own generator and nothing else.
 */
async function* streamFeed(
  app: App,
  userId: string,
  admission: Admission,
  start: Cursor,
): AsyncGenerator<TrackedEnvelope<FeedBatch>, void> {
  const { signal } = admission;
  const bell = new Bell();
  const off = app.notifier.onWake(userId, () => bell.ring());
  let after = start;
  let pageSize = firstPageSize;
  try {
    while (!signal.aborted) {
      bell.reset();
      const page = await readPage(app, { userId, after, limit: pageSize }, signal);
      if (signal.aborted) return;
      if (page?.kind === "resync") {
        yield tracked(formatCursor(after), { kind: "resync" });
        return;
      }
      const events = page?.events ?? [];
      for (const batch of splitBatches(events)) {
        const cursor = batch.at(-1)?.cursor;
        if (cursor === undefined) continue;
        await admission.writable();
        if (signal.aborted) return;
        app.metrics.feedEvents.inc(batch.length);
        yield tracked(cursor, { kind: "events", events: batch });
        after = parseCursor(cursor) ?? after;
      }
      const full = events.length >= pageSize;
      pageSize = nextPageSize(events);
      if (!full) await bell.wait(app.timings.safetyPollMs, signal);
    }
  } finally {
    off();
    admission.release();
  }
}

/**
 * Null where the database did not answer. A throw would end the stream for good, so it waits for the next poll.
 * A read that a leaving subscriber left behind may find the database closed, which is nobody's concern.
 */
async function readPage(
  app: App,
  page: { userId: string; after: Cursor; limit: number },
  signal: AbortSignal,
): Promise<FeedPage | null> {
  try {
    return await readFeed(app.db, page);
  } catch (error) {
    const { userId } = page;
    if (!signal.aborted)
      app.logger.warn({ error: describeError(error), userId }, "feed not readable, trying again");
    return null;
  }
}
