import type { Conversation, Person, SearchResult } from "@sotto/client";

/** What a press on Enter opens. */
export type PaletteItem =
  | { kind: "conversation"; id: string; conversation: Conversation }
  | { kind: "person"; id: string; person: Person }
  | { kind: "message"; id: string; result: SearchResult; conversation: Conversation };

const shownConversations = 8;

/** Conversations whose person's name begins with the text or has a part that does, in the order of the list. */
export function findConversations(conversations: readonly Conversation[], text: string): Conversation[] {
  const wanted = text.toLowerCase();
  return conversations
    .filter(({ peer }) => {
      const name = peer.username.toLowerCase();
      return name.startsWith(wanted) || name.split(/[._-]/).some((part) => part.startsWith(wanted));
    })
    .slice(0, shownConversations);
}

/** Conversations first, then people whom one has none with, then messages. */
export function toItems(input: {
  conversations: readonly Conversation[];
  matching: readonly Conversation[];
  people: readonly Person[];
  results: readonly SearchResult[];
}): PaletteItem[] {
  const { conversations, matching, people, results } = input;
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const known = new Set(conversations.map(({ peer }) => peer.id));
  return [
    ...matching.map((conversation): PaletteItem => ({
      kind: "conversation",
      id: conversation.id,
      conversation,
    })),
    ...people
      .filter(({ id }) => !known.has(id))
      .map((person): PaletteItem => ({ kind: "person", id: person.id, person })),
    ...results.flatMap((result): PaletteItem[] => {
      const conversation = byId.get(result.message.conversationId);
      return conversation ? [{ kind: "message", id: result.message.id, result, conversation }] : [];
    }),
  ];
}
