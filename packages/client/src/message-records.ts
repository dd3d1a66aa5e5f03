import { v7 as uuidv7 } from "uuid";
import { withChanges } from "./actions.ts";
import { type Numbered, numberedOf } from "./chain.ts";
import { type ActionRecord, keys, type Link, type MessageRecord, type Place } from "./records.ts";
import type { Change } from "./stores/store.ts";
import type { Message } from "./types.ts";

/** As others see it: with what was said about it since, and without what only the store needs. */
export function publicMessage(record: MessageRecord): Message {
  const { recipientId: _recipientId, link: _link, unannounced: _unannounced, actions, ...message } = record;
  return actions === undefined ? message : withChanges(message, actions);
}

export function messageChanges(message: MessageRecord): Change[] {
  return [{ key: keys.message(message), value: message }, ...placeChanges(message, message.link)];
}

/** That an action was here, and its number; what it says lies with its message. */
export function actionChanges({ conversationId, action, link }: ActionRecord): Change[] {
  return placeChanges({ ...action, conversationId }, link, link);
}

/** As many as the index takes in one step. */
export const messagesPerNote = 100;

/** For the search index: one note for many of them, since each record of a commit has its price. */
export function unindexedChanges(messages: readonly MessageRecord[]): Change[] {
  const changes: Change[] = [];
  for (let start = 0; start < messages.length; start += messagesPerNote) {
    const noted = messages.slice(start, start + messagesPerNote);
    changes.push({ key: keys.unindexed(uuidv7()), value: noted.map(keys.message) });
  }
  return changes;
}

function placeChanges(
  { id, conversationId, senderId, createdAt }: Place & { conversationId: string; senderId: string },
  link: Link | undefined,
  action?: Link,
): Change[] {
  const changes: Change[] = [{ key: keys.place(conversationId, id), value: createdAt }];
  if (link === undefined) return changes;
  const numbered: Numbered = { ...numberedOf({ createdAt }, link), ...(action && { action }) };
  return [...changes, { key: keys.link({ conversationId, senderId }, link), value: numbered }];
}
