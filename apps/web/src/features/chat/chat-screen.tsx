import { useMemo } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Notice } from "../../components/notice.tsx";
import { useMe } from "../../lib/messenger.tsx";
import { useConversations } from "../../lib/use-conversations.ts";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer.tsx";
import { MessageLog } from "./message-log.tsx";
import styles from "./chat.module.css";

type Props = { conversationId: string; drafts: Map<string, string> };

export function ChatScreen({ conversationId, drafts }: Props) {
  const { value: conversations } = useConversations();
  const conversation = useMemo(
    () => conversations?.find(({ id }) => id === conversationId),
    [conversations, conversationId],
  );
  if (conversation) return <Chat conversation={conversation} drafts={drafts} />;
  return (
    <div className={styles["missing"]}>
      {conversations ? (
        <p>
          This conversation is not on this device. <Link href="/">Back to all conversations</Link>
        </p>
      ) : null}
    </div>
  );
}

function Chat({ conversation, drafts }: { conversation: Conversation; drafts: Map<string, string> }) {
  const me = useMe();
  const { peer } = conversation;
  return (
    <section className={styles["chat"]} aria-label={`Conversation with ${peer.username}`}>
      <ChatHeader conversation={conversation} />
      <MessageLog conversation={conversation} myId={me.id} />
      {conversation.keyChanged ? (
        <div className={styles["warning"]}>
          <Notice look="warning">
            The key of {peer.username} has changed since you first met. Ask them in another way whether they
            know why.
          </Notice>
        </div>
      ) : null}
      <Composer conversationId={conversation.id} peerName={peer.username} drafts={drafts} />
    </section>
  );
}
