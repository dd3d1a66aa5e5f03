import type { Conversation } from "@sotto/client";

export const now = new Date("2026-03-19T12:00:00Z");

export function conversation(username: string, more: Partial<Conversation>): Conversation {
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
    lastMessage: {
      id: "m",
      conversationId: username,
      senderId: username,
      text: "The *last* message, as long as it may be, on one line",
      createdAt: "2026-03-19T09:12:00Z",
      state: "read",
    },
    unreadCount: 0,
    muted: false,
    pinned: false,
    archived: false,
    draft: "",
    ...more,
  };
}
