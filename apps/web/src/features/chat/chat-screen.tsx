import { useMemo } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Notice } from "../../components/notice.tsx";
import { useMe } from "../../lib/messenger.tsx";
import { useConversations } from "../../lib/use-conversations.ts";
import { BlockedLine } from "./blocked-line.tsx";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer.tsx";
import { MessageLog } from "./message-log.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { Rich } from "../../lib/rich.tsx";
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
          <Rich id="chat.missing" components={{ link: <Link href="/" /> }} />
        </p>
      ) : null}
    </div>
  );
}

function Chat({ conversation, drafts }: { conversation: Conversation; drafts: Map<string, string> }) {
  const t = useTranslate();
  const me = useMe();
  const { peer } = conversation;
  return (
    <section className={styles["chat"]} aria-label={t("chat.conversationWith", { name: peer.username })}>
      <ChatHeader conversation={conversation} />
      <MessageLog conversation={conversation} myId={me.id} />
      {conversation.keyChanged ? (
        <div className={styles["warning"]}>
          <Notice look="warning">{t("chat.keyChanged", { name: peer.username })}</Notice>
        </div>
      ) : null}
      {conversation.blocked ? (
        <BlockedLine peer={peer} />
      ) : (
        <Composer conversationId={conversation.id} peerName={peer.username} drafts={drafts} />
      )}
    </section>
  );
}
