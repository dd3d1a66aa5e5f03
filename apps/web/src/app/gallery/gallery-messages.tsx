import { ChatContext } from "../../features/chat/chat-context.ts";
import { LogRow } from "../../features/chat/log-row.tsx";
import { toRows } from "../../features/chat/rows.ts";
import { chat, peer, toMessage } from "./gallery-chat.ts";
import type { Content } from "./gallery-chat.ts";
import { now } from "./gallery-conversation.ts";

/** Oldest first, a minute apart. */
const messages: Content[] = [
  { senderId: "mira", state: "read", text: "Are we still meeting the printer on Thursday?" },
  { senderId: "me", state: "read", text: "Yes, at ten." },
  { senderId: "me", state: "delivered", text: "A run of one sender is joined." },
  { senderId: "me", state: "sent", text: "Stored by the server." },
  { senderId: "me", state: "queued", text: "Waiting for a network." },
  { senderId: "me", state: "refused", text: "Refused.", refusal: "The conversation is full." },
  { senderId: "mira", state: "read", text: "**Bold**, *italic*, ~~gone~~, `code`, https://example.org/a" },
  {
    senderId: "mira",
    state: "read",
    text: "> quoted\n\n1. one\n2. two\n\n- and\n- more\n\n```\nlet a = 1;\n```",
  },
  { senderId: "mira", state: "read", text: "[bank.example](https://other.example)" },
  { senderId: "mira", state: "read", text: "☕" },
  { senderId: "me", state: "read", text: "Edited.", editedAt: "2026-03-18T10:00:00Z", edits: [] },
  { senderId: "me", state: "read", text: "Passed on.", forwarded: true },
  { senderId: "me", state: "read", text: "An answer to what is not here.", replyTo: "elsewhere" },
  { senderId: "mira", state: "read", text: "", deleted: true },
  { senderId: "mira", state: "read", text: "", problem: "unreadable" },
  { senderId: "mira", state: "read", text: "", problem: "unsupported" },
  { senderId: "mira", state: "read", text: "Two are missing before this.", missingBefore: 2 },
  { senderId: "mira", state: "read", text: "One is missing after this.", missingAfter: 1 },
  { senderId: "mira", state: "read", text: "Out of its place.", tampered: true },
  {
    senderId: "mira",
    state: "unread",
    text: "Liked.",
    reactions: [
      { emoji: "✓", userIds: ["me", "mira"] },
      { emoji: "★", userIds: ["mira"] },
    ],
  },
];

const keyChange = new Date(Date.UTC(2026, 2, 18, 9, 5, 30)).toISOString();
const newestFirst = messages.map(toMessage).toReversed();

export function GalleryMessages() {
  const rows = toRows(newestFirst, true, newestFirst[0]?.id ?? null, { keyChanges: [keyChange] });
  return (
    <ChatContext value={chat}>
      {rows.map((row) => (
        <LogRow
          key={row.key}
          conversationId="gallery"
          row={row}
          myId="me"
          peer={peer}
          empty={false}
          now={now}
          shown={row.key === "m6"}
          tabStop={false}
        />
      ))}
    </ChatContext>
  );
}
