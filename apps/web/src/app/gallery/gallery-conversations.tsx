import { useState } from "react";
import { UserRoundPlus } from "lucide-react";
import { ConversationRow } from "../../features/conversations/conversation-row.tsx";
import { ListSection } from "../../features/conversations/list-section.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { conversation, now } from "./gallery-conversation.ts";

const nothing = () => {};

const conversations = [
  conversation("pinned", { pinned: true, unreadCount: 3 }),
  conversation("muted", { muted: true, unreadCount: 120 }),
  conversation("draft", { draft: "What I was about to say" }),
  conversation("read", {}),
  conversation("empty", { lastMessage: null }),
];

export function GalleryConversations() {
  const t = useTranslate();
  const [expanded, setExpanded] = useState(true);
  return (
    <>
      <ListSection
        icon={<UserRoundPlus aria-hidden="true" />}
        label={t("conversations.requests", { count: 2 })}
        unread
        expanded={expanded}
        onToggle={() => setExpanded(!expanded)}
      >
        <p>The rows of strangers.</p>
      </ListSection>
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
    </>
  );
}
