import type { WireMessage } from "@sotto/protocol";
import type { ConversationRecord } from "./records.ts";

/**
 * Requests: conversations that somebody else began and that this person has neither answered nor accepted. What shows
 * in the messages themselves is said here; what a person decided is in the account data, see `preferences.ts`.
 */
type Answered = Pick<ConversationRecord, "answered">;

/** Own messages, and those of others that the server was told are read: nobody tells it of a request. */
export function answeredBy(messages: readonly WireMessage[], ownId: string): Answered {
  return messages.some(({ senderId, readAt }) => senderId === ownId || readAt !== null)
    ? { answered: true }
    : {};
}

/** The same object comes back where nothing is new. */
export function withAnswer(conversation: ConversationRecord, { answered }: Answered): ConversationRecord {
  return answered === true && conversation.answered !== true ? { ...conversation, answered } : conversation;
}
