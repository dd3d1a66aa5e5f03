import { inOrder, type Feed, type FinalState } from "./final-state.ts";
import type { Report } from "./violation.ts";

/** The feeds in the database: numbered without a gap, each message once for its sender and once for its recipient. */
export function checkFeeds(state: FinalState, report: Report): void {
  for (const [userId, feed] of state.feeds) checkSequence(userId, feed, report);

  const positions = new Map(
    inOrder(state.messages).map((message, index) => [message.id, { message, index }]),
  );
  const counts = new Map<string, number>();
  for (const [userId, { events }] of state.feeds) {
    const last = new Map<string, number>();
    for (const { seq, messageId } of events) {
      if (messageId === null) continue;
      const place = positions.get(messageId);
      if (place === undefined) {
        report("never-sent", `event ${seq} of ${userId} names ${messageId}, which is not stored`);
        continue;
      }
      const key = `${userId}/${messageId}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const before = last.get(place.message.conversationId) ?? -1;
      if (place.index < before) report("feed-order", `event ${seq} of ${userId}, ${messageId}`);
      last.set(place.message.conversationId, Math.max(before, place.index));
    }
  }
  for (const { id, senderId, recipientId } of state.messages) {
    for (const userId of new Set([senderId, recipientId])) {
      const count = counts.get(`${userId}/${id}`) ?? 0;
      if (count === 0) report("feed-missing", `${id} in the feed of ${userId}`);
      if (count > 1) report("feed-doubled", `${id} stands ${count} times in the feed of ${userId}`);
    }
  }
}

function checkSequence(userId: string, { events, lastSeq }: Feed, report: Report): void {
  events.forEach(({ seq }, index) => {
    const before = events[index - 1]?.seq ?? 0;
    if (seq !== before + 1) report("feed-sequence", `${userId}: ${seq} comes after ${before}`);
  });
  const end = events.at(-1)?.seq ?? 0;
  if (end !== lastSeq)
    report("feed-sequence", `${userId}: the counter says ${lastSeq}, the feed ends at ${end}`);
}
