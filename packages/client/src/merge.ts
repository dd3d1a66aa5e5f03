import { type Action, withActions } from "./actions.ts";
import type { ActionRecord, ConversationRecord, MessageRecord, Place } from "./records.ts";
import type { MessageState } from "./types.ts";

/**
 * How what arrives changes what is there: pure, and the same whatever the order or repetition in which the feed, a
 * page of history and the answer to a send bring it.
 */

const ranks: Record<MessageState, number> = {
  queued: 0,
  refused: 0,
  sent: 1,
  unread: 1,
  delivered: 2,
  read: 3,
  // Nobody gives a receipt for it.
  imported: 4,
};

/** States only go forward. */
export function laterState(a: MessageState, b: MessageState): MessageState {
  return ranks[b] > ranks[a] ? b : a;
}

export function mergeMessage(known: MessageRecord | undefined, incoming: MessageRecord): MessageRecord {
  if (known === undefined) return incoming;
  // The server's own word takes the place of what a file said.
  if (known.state === "imported" && incoming.state !== "imported") {
    return withActions(
      incoming,
      (known.actions ?? []).filter(({ imported }) => imported !== true),
    );
  }
  const state = laterState(known.state, incoming.state);
  // A message that could not be opened may be readable by now: a key or a version was missing.
  const readable = known.problem === undefined ? known : incoming;
  const actions = known.actions === undefined ? {} : { actions: known.actions };
  // Its first time stands: under another it would lie in the store twice.
  return { ...readable, ...actions, ...earliestMarks(known, incoming), createdAt: known.createdAt, state };
}

type Marks = Pick<MessageRecord, "deliveredAt" | "readAt">;

/**
 * A mark comes with the feed, with pages and again: the first time that was said of it stands. What was seen had
 * arrived by then, also where the receipt says no more than that it was seen.
 */
export function earliestMarks(a: Marks, b: Marks): Marks {
  const readAt = earlierTime(a.readAt, b.readAt);
  const deliveredAt = earlierTime(earlierTime(a.deliveredAt, b.deliveredAt), readAt);
  return { ...(deliveredAt !== undefined && { deliveredAt }), ...(readAt !== undefined && { readAt }) };
}

/** What an envelope turned out to be. */
export type Arrival = { kind: "message"; message: MessageRecord } | ({ kind: "action" } & ActionRecord);

/** An action whose message is not here yet. */
export type Waiting = { target: string; action: Action };

/**
 * Takes arrivals of one conversation in. Actions apply to messages that are known or come along, and the rest of them
 * waits; what waited applies as soon as its message comes.
 *
 * @param known those of the messages named by the arrivals that are here
 * @param waiting what waits in this conversation
 * @returns the messages that were touched, by id, and what waits from now on
 */
export function mergeArrivals(
  known: ReadonlyMap<string, MessageRecord>,
  waiting: readonly Waiting[],
  arrivals: readonly Arrival[],
): { messages: Map<string, MessageRecord>; waiting: Waiting[] } {
  const messages = new Map<string, MessageRecord>();
  const stillWaiting = new Map<string, Waiting>();
  for (const arrival of arrivals) {
    if (arrival.kind !== "message") continue;
    const { message } = arrival;
    messages.set(message.id, mergeMessage(messages.get(message.id) ?? known.get(message.id), message));
  }
  const actions = [...waiting, ...arrivals.filter((arrival) => arrival.kind === "action")];
  for (const { target, action } of actions) {
    const message = messages.get(target) ?? known.get(target);
    if (message === undefined) stillWaiting.set(action.id, { target, action });
    else messages.set(target, withActions(message, [action]));
  }
  return { messages, waiting: [...stillWaiting.values()] };
}

/** The conversation after a message that was not in it. Unread ones count if they are others', and once. */
export function withMessage(conversation: ConversationRecord, message: MessageRecord): ConversationRecord {
  const { unreadCount, countedBefore = "", readUntil = "" } = conversation;
  const { state, createdAt } = message;
  const counts = state === "unread" && createdAt >= countedBefore && createdAt > readUntil;
  return {
    ...conversation,
    lastMessageAt: laterTime(conversation.lastMessageAt, createdAt),
    unreadCount: counts ? unreadCount + 1 : unreadCount,
  };
}

/**
 * The conversation after actions that are new to it. Only those of others have to be marked as read. Of those that the
 * server counted as unread messages before they were here, it is known now that they are none.
 */
export function withNewestAction(
  conversation: ConversationRecord,
  actions: readonly ActionRecord[],
): ConversationRecord {
  let { newestAction } = conversation;
  const { countedBefore = "" } = conversation;
  for (const { action, state } of actions) {
    const own = state !== "unread" && state !== "read";
    if (own || (newestAction !== undefined && newestAction.createdAt >= action.createdAt)) continue;
    newestAction = { id: action.id, createdAt: action.createdAt };
  }
  const counted = withoutUnreadActions(
    conversation,
    actions.filter(({ action }) => action.createdAt < countedBefore),
  );
  return newestAction === conversation.newestAction || newestAction === undefined
    ? counted
    : { ...counted, newestAction };
}

/**
 * The server counts unread envelopes, also those that are no messages.
 *
 * @param actions those that the server's count has in it and that are met for the first time
 */
export function withoutUnreadActions(
  conversation: ConversationRecord,
  actions: readonly ActionRecord[],
): ConversationRecord {
  const count = actions.filter(({ state }) => state === "unread").length;
  if (count === 0) return conversation;
  return { ...conversation, unreadCount: Math.max(0, conversation.unreadCount - count) };
}

/**
 * The conversation with a count of this device's own, made when everything up to `last` was read. The same object comes
 * back where nothing is new.
 */
export function withUnread(
  conversation: ConversationRecord,
  unreadCount: number,
  last: Place,
): ConversationRecord {
  const { countedBefore, readUntil, readElsewhere, ...rest } = conversation;
  const until = laterTime(readUntil ?? null, last.createdAt);
  const isCounted = countedBefore === undefined && readElsewhere === undefined;
  if (unreadCount === rest.unreadCount && isCounted && readUntil === until) return conversation;
  return { ...rest, unreadCount, readUntil: until };
}

function earlierTime(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function laterTime(a: string | null, b: string): string {
  return a === null || b > a ? b : a;
}
