import type { Conversation } from "@sotto/client";

/**
 * Pinned ones first, each part in the order in which the messenger keeps it; what is archived and what waits to be
 * accepted apart. A stranger who was blocked is listed in the settings alone.
 */
export function arrange(conversations: readonly Conversation[]): {
  requests: Conversation[];
  shown: Conversation[];
  archived: Conversation[];
} {
  const known = conversations.filter(({ request, archived }) => !request || archived);
  const present = known.filter(({ archived }) => !archived);
  return {
    requests: conversations.filter(({ request, archived, blocked }) => request && !archived && !blocked),
    shown: [...present.filter(({ pinned }) => pinned), ...present.filter(({ pinned }) => !pinned)],
    archived: known.filter(({ archived, request, blocked }) => archived && !(request && blocked)),
  };
}
