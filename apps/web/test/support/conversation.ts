import type { Conversation } from "@sotto/client";

/** One that nothing is special about, with a person whose name is its id. */
export function conversation(username: string, more: Partial<Conversation> = {}): Conversation {
  const peer = { id: username, username, publicKey: `${username}-key` };
  return {
    id: username,
    kind: "direct",
    members: [peer],
    peer,
    keyChanged: false,
    keyRefused: false,
    keyChanges: [],
    verified: false,
    blocked: false,
    request: false,
    createdAt: "2026-03-01T12:00:00Z",
    lastMessage: null,
    unreadCount: 0,
    muted: false,
    pinned: false,
    archived: false,
    draft: "",
    ...more,
  };
}
