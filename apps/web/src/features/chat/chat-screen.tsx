import { Suspense, useMemo, useState } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Boundary } from "../../components/boundary.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { lazyPart } from "../../lib/lazy-part.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { Rich } from "../../lib/rich.tsx";
import { useScreenTitle } from "../../lib/title.ts";
import { useConversations } from "../../lib/use-conversations.ts";
import { BlockedLine } from "./blocked-line.tsx";
import { ChatContext } from "./chat-context.ts";
import type { Chat as ChatValue, Overlay, Task } from "./chat-context.ts";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer.tsx";
import { KeyStop } from "./key-stop.tsx";
import { MessageLog } from "./message-log.tsx";
import { RequestLine } from "./request-line.tsx";
import { useAddressJump } from "./use-address-jump.ts";
import type { Jump } from "./use-jump.ts";
import type { Place } from "./use-log.ts";
import { findObstacle } from "./obstacle.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./chat.module.css";

const Overlays = lazyPart(async () => (await import("./overlays.tsx")).Overlays);

type Props = { conversationId: string; places: Map<string, Place> };

export function ChatScreen({ conversationId, places }: Props) {
  const { value: conversations } = useConversations();
  const conversation = useMemo(
    () => conversations?.find(({ id }) => id === conversationId),
    [conversations, conversationId],
  );
  if (conversation) return <Chat conversation={conversation} places={places} />;
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

function Chat({ conversation, places }: { conversation: Conversation; places: Map<string, Place> }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const me = useMe();
  const messenger = useMessenger();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [task, setTask] = useState<Task | null>(null);
  const [jump, setJump] = useState<Jump | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { id } = conversation;
  const peerName = nameOf(t, conversation.peer);
  const obstacle = findObstacle(conversation);
  const mayWrite = obstacle === null;

  const chat = useMemo<ChatValue>(() => {
    const run = (call: Promise<void>) => {
      setError(null);
      call.catch(setError);
    };
    return {
      conversationId: id,
      myId: me.id,
      peerName,
      mayWrite,
      open: setOverlay,
      begin: setTask,
      jumpTo: (messageId) => setJump({ to: "message", messageId }),
      react: ({ id: messageId, reactions }, emoji) => {
        const mine = reactions?.find(({ userIds }) => userIds.includes(me.id))?.emoji;
        if (mine === emoji) run(messenger.call("unreact", id, messageId));
        else run(messenger.call("react", id, messageId, emoji));
      },
      retry: (messageId) => run(messenger.call("retry", id, messageId)),
      discard: (messageId) => run(messenger.call("discard", id, messageId)),
    };
  }, [messenger, id, me.id, peerName, mayWrite]);

  useScreenTitle(peerName);
  useAddressJump(id, chat.jumpTo);

  return (
    <ChatContext value={chat}>
      <section className={styles["chat"]} aria-label={t("chat.conversationWith", { name: peerName })}>
        <ChatHeader conversation={conversation} onError={setError} />
        <MessageLog conversation={conversation} myId={me.id} places={places} jump={jump} onError={setError} />
        <div className={styles["warning"]}>
          <FieldError text={sentenceOf(error)} />
        </div>
        {obstacle === "blocked" ? <BlockedLine peer={conversation.peer} /> : null}
        {obstacle === "request" ? <RequestLine conversation={conversation} /> : null}
        {obstacle === "key-refused" ? <KeyStop conversation={conversation} /> : null}
        {obstacle === null ? (
          <Composer
            task={task}
            onDone={() => setTask(null)}
            onSent={() => setJump({ to: "end" })}
            draft={conversation.draft}
          />
        ) : null}
        <Boundary look="strip" onClose={() => setOverlay(null)}>
          <Suspense fallback={null}>
            {overlay ? (
              // What the menu opens is not closed with it.
              <Overlays
                overlay={overlay}
                onClose={() => setOverlay((last) => (last === overlay ? null : last))}
              />
            ) : null}
          </Suspense>
        </Boundary>
      </section>
    </ChatContext>
  );
}
