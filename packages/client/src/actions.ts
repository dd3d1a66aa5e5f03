import type { ActionBody } from "./body.ts";
import type { MessageRecord, Place } from "./records.ts";
import type { Message, Reaction } from "./types.ts";

/*
 * Edits, deletions and reactions: what one envelope says about an earlier message. A message keeps those that count,
 * in the order of the conversation, and how it looks is computed from them. Adding one is commutative, associative and
 * idempotent, so that feed, pages, repetition and restarts end in the same state, whatever comes first.
 *
 * Only the author edits and deletes. All edits count as history and the last one is shown. A deletion is final: it
 * takes text, edits and reactions with it. Of reactions the last of each person counts: one person, one emoji.
 *
 * What a file says goes with its message, so an action of the server never gives way to one of a file.
 */

/**
 * `queued`: written on this device and not stored by the server yet; it counts after all that are. `imported`: from a
 * file, with its message.
 */
export type Action = Place & { senderId: string; queued?: true; imported?: true } & (
    | { type: "edit"; text: string }
    | { type: "delete" }
    | { type: "reaction"; emoji: string | null }
  );

export function toAction(body: ActionBody, from: Place & { senderId: string; queued?: true }): Action {
  switch (body.type) {
    case "edit":
      return { ...from, type: "edit", text: body.text };
    case "delete":
      return { ...from, type: "delete" };
    case "reaction":
      return { ...from, type: "reaction", emoji: body.emoji };
  }
}

/** The same record where none of them counts or all are in it already. */
export function withActions(record: MessageRecord, incoming: readonly Action[]): MessageRecord {
  const known = record.actions ?? [];
  const news = incoming.filter(
    (action) => isAllowed(action, record) && !known.some(({ id }) => id === action.id),
  );
  if (news.length === 0) return record;
  const actions = compact([...known, ...news].sort(inOrder));
  return actions[0]?.type === "delete" ? erased(record, actions) : { ...record, actions };
}

/** How a message looks once all that was said about it is taken into account. */
export function withChanges(message: Message, actions: readonly Action[]): Message {
  if (actions[0]?.type === "delete") return { ...message, deleted: true };
  const edits = actions.filter((action) => action.type === "edit");
  const last = edits.at(-1);
  const reactions = collectReactions(actions);
  return {
    ...message,
    ...(last === undefined
      ? {}
      : {
          // A message that can't be shown stays one: an edit is no way around that.
          text: message.problem === undefined ? last.text : message.text,
          editedAt: last.createdAt,
          edits: [message, ...edits.slice(0, -1)].map(({ text, createdAt }) => ({ text, createdAt })),
        }),
    ...(reactions.length === 0 ? {} : { reactions }),
  };
}

function isAllowed(action: Action, { senderId }: MessageRecord): boolean {
  return action.type === "reaction" || action.senderId === senderId;
}

/** A deletion stands alone, the first one; else all edits, and the last reaction of each person. */
function compact(actions: readonly Action[]): Action[] {
  const deletions = actions.filter(({ type }) => type === "delete");
  const deletion = deletions.find(({ imported }) => imported !== true) ?? deletions[0];
  if (deletion !== undefined) return [deletion];
  return actions.filter((action, index) =>
    action.type === "reaction"
      ? !actions
          .slice(index + 1)
          .some(({ type, senderId }) => type === "reaction" && senderId === action.senderId)
      : !isCopy(action, actions),
  );
}

/** The file's word for an edit that the server gave as well: both have the server's time. */
function isCopy({ type, imported, createdAt }: Action, actions: readonly Action[]): boolean {
  return (
    imported === true &&
    actions.some((other) => other.imported !== true && other.type === type && other.createdAt === createdAt)
  );
}

function erased(record: MessageRecord, actions: Action[]): MessageRecord {
  const { replyTo: _replyTo, forwarded: _forwarded, problem: _problem, ...rest } = record;
  return { ...rest, text: "", actions };
}

/** In the order in which the emoji came to the message; who came first stands first. */
function collectReactions(actions: readonly Action[]): Reaction[] {
  const reactions = new Map<string, Reaction>();
  for (const action of actions) {
    if (action.type !== "reaction" || action.emoji === null) continue;
    const known = reactions.get(action.emoji);
    if (known === undefined) reactions.set(action.emoji, { emoji: action.emoji, userIds: [action.senderId] });
    else known.userIds.push(action.senderId);
  }
  return [...reactions.values()];
}

/** The order of the conversation; what is queued here comes last, in the order of writing. */
function inOrder(a: Action, b: Action): number {
  if (a.queued === true || b.queued === true) return Number(a.queued ?? false) - Number(b.queued ?? false);
  return compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
