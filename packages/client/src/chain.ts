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

/**
 * What is known of an envelope with a lower number. `action`: it is no message but an edit, a deletion or a reaction,
 * which nobody sees on its own; what is wrong right before it is shown with the next message of its device.
 */
export type Numbered = { counter: number; hash: string; createdAt: string; sentAt: number; action?: Link };

/** The one with the next lower number: right below, yet lower, or nothing. */
export type Neighbour = Numbered | null;

type Verdict = Pick<Message, "missingBefore" | "tampered">;

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
): Verdict {
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

export function numberedOf({ createdAt }: { createdAt: string }, { counter, hash, sentAt }: Link): Numbered {
  return { counter, hash, createdAt, sentAt };
}

/**
 * The same for a message and the actions right before it.
 *
 * @param lower the envelopes of its device with lower numbers that are here, highest first
 */
export async function judgeRun(
  message: { createdAt: string },
  link: Link,
  lower: AsyncIterable<Numbered>,
  complete: boolean,
  blocked: readonly BlockSpan[],
): Promise<Verdict> {
  let current = { createdAt: message.createdAt, link };
  let missing = 0;
  const judge = (below: Neighbour): boolean => {
    const verdict = judgeLink(current, current.link, below, complete, blocked);
    const { missingBefore = 0, tampered = false } = verdict;
    missing += missingBefore;
    return tampered;
  };
  const sum = () => (missing > 0 ? { missingBefore: missing } : {});
  for await (const below of lower) {
    if (judge(below)) return { tampered: true };
    if (below.action === undefined) return sum();
    // What a later body names as void is void for the whole run.
    const voids = [...(current.link.voids ?? []), ...(below.action.voids ?? [])];
    current = { createdAt: below.createdAt, link: { ...below.action, voids } };
  }
  return judge(null) ? { tampered: true } : sum();
}

/**
 * What is wrong among the actions that follow a message and behind which no message of its device has come yet: it has
 * no other place to show. A message behind them answers for them itself.
 *
 * @param higher the envelopes of its device with higher numbers that are here, lowest first
 */
export async function judgeTail(
  message: Numbered,
  higher: AsyncIterable<Numbered>,
  complete: boolean,
  blocked: readonly BlockSpan[],
): Promise<Pick<Message, "missingAfter" | "tampered">> {
  let below = message;
  let missing = 0;
  for await (const numbered of higher) {
    if (numbered.action === undefined) return {};
    const verdict = judgeLink(numbered, numbered.action, below, complete, blocked);
    if (verdict.tampered === true) return { tampered: true };
    missing += verdict.missingBefore ?? 0;
    below = numbered;
  }
  return missing > 0 ? { missingAfter: missing } : {};
}

/** The messages of a page with the highest number of their device. */
export function findLast(page: readonly MessageRecord[]): Set<MessageRecord> {
  const last = new Map<string, MessageRecord>();
  for (const message of page) {
    if (message.link === undefined) continue;
    const device = `${message.senderId}/${message.link.device}`;
    if ((last.get(device)?.link?.counter ?? 0) < message.link.counter) last.set(device, message);
  }
  return new Set(last.values());
}

/** Finds neighbours within a page, where most of them are. */
export function indexLinks(page: readonly MessageRecord[]): (message: MessageRecord) => Neighbour {
  const byNumber = new Map<string, Neighbour>();
  const nameOf = ({ senderId }: MessageRecord, { device, counter }: Link) =>
    `${senderId}/${device}/${counter}`;
  for (const message of page) {
    if (message.link === undefined) continue;
    byNumber.set(nameOf(message, message.link), numberedOf(message, message.link));
  }
  return (message) => {
    if (message.link === undefined) return null;
    return byNumber.get(nameOf(message, { ...message.link, counter: message.link.counter - 1 })) ?? null;
  };
}
