import type { Conversation } from "@sotto/client";
import { ConversationRow } from "../../features/conversations/conversation-row.tsx";

const now = new Date("2026-03-19T12:00:00Z");
const nothing = () => {};

function conversation(username: string, more: Partial<Conversation>): Conversation {
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

const conversations = [
  conversation("pinned", { pinned: true, unreadCount: 3 }),
  conversation("muted", { muted: true, unreadCount: 120 }),
  conversation("draft", { draft: "What I was about to say" }),
  conversation("read", {}),
  conversation("empty", { lastMessage: null }),
];

export function GalleryConversations() {
  return (
    <ul>
      {conversations.map((one) => (
        <li key={one.id}>
          <ConversationRow
            conversation={one}
            myId="me"
            now={now}
            open={one.id === "read"}
            present={one.id === "read"}
            onMenu={nothing}
          />
        </li>
      ))}
    </ul>
  );
}
