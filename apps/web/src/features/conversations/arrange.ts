import type { Conversation } from "@sotto/client";

/** Pinned ones first, each part in the order in which the messenger keeps it; what is archived apart. */
export function arrange(conversations: readonly Conversation[]): {
  shown: Conversation[];
  archived: Conversation[];
} {
  const present = conversations.filter(({ archived }) => !archived);
  return {
    shown: [...present.filter(({ pinned }) => pinned), ...present.filter(({ pinned }) => !pinned)],
    archived: conversations.filter(({ archived }) => archived),
  };
}
