import type { BlockSpan, Link, MessageRecord } from "./records.ts";
import type { Message } from "./types.ts";

/*
 * Loss detection. Each device numbers its envelopes to one recipient in one conversation 1, 2, 3, … and puts the hash
 * of the one before into each. A number that is missing between two that are here was held back or deleted; a hash
 * that does not fit, or a number that stands after a later one, means that somebody interfered. A message that the
 * server refused for good used up its number: the next body names it as void, and it is not missed.
 *
 * Neither is what somebody sent while this person had blocked them. The times of a block are this person's own, and
 * those of the messages are sealed by their sender: the server can move neither in order to explain a hole.
 *
 * What came before the oldest message on this device is not known and not judged; neither is what follows the newest.
 */

/** What is known of the message with the next lower number: itself, a yet lower one, or nothing. */
export type Neighbour = { counter: number; hash: string; createdAt: string; sentAt: number } | null;

/** By so much two clocks may differ, those of who blocked and of who was blocked. */
const clockToleranceMs = 10 * 60_000;

const noPrevious = "0".repeat(32);

/**
 * @param below the message of the same device with the highest number below this one's, among those on this device
 * @param complete whether this device holds the conversation from its beginning
 * @param blocked when this person had blocked the sender
 */
export function judgeLink(
  message: { createdAt: string },
  { counter, previous, sentAt, voids = [] }: Link,
  below: Neighbour,
  complete: boolean,
  blocked: readonly BlockSpan[],
): Pick<Message, "missingBefore" | "tampered"> {
  const wrongHash =
    below?.counter === counter - 1 ? previous !== below.hash : counter === 1 && previous !== noPrevious;
  const wrongPlace = below !== null && below.createdAt > message.createdAt;
  if (wrongHash || wrongPlace) return { tampered: true };
  if (below === null && !complete) return {};
  const from = (below?.counter ?? 0) + 1;
  const missing = counter - from - new Set(voids.filter((number) => number >= from && number < counter)).size;
  if (missing <= 0 || blocked.some((span) => meets(span, below?.sentAt ?? 0, sentAt))) return {};
  return { missingBefore: missing };
}

/** Whether something may have been sent during the span, after `fromMs` and before `toMs` of its sender's clock. */
function meets(span: BlockSpan, fromMs: number, toMs: number): boolean {
  const endsMs = span.to ?? Number.POSITIVE_INFINITY;
  return span.from - clockToleranceMs <= toMs && fromMs <= endsMs + clockToleranceMs;
}

export function neighbourOf({ createdAt }: MessageRecord, { counter, hash, sentAt }: Link): Neighbour {
  return { counter, hash, createdAt, sentAt };
}

/** Finds neighbours within a page, where most of them are. */
export function indexLinks(page: readonly MessageRecord[]): (message: MessageRecord) => Neighbour {
  const byNumber = new Map<string, Neighbour>();
  const nameOf = ({ senderId }: MessageRecord, { device, counter }: Link) =>
    `${senderId}/${device}/${counter}`;
  for (const message of page) {
    if (message.link === undefined) continue;
    byNumber.set(nameOf(message, message.link), neighbourOf(message, message.link));
  }
  return (message) => {
    if (message.link === undefined) return null;
    return byNumber.get(nameOf(message, { ...message.link, counter: message.link.counter - 1 })) ?? null;
  };
}
