import { useMemo } from "react";
import { ArrowDown } from "lucide-react";
import type { Conversation } from "@sotto/client";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatDay } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Arrivals } from "./arrivals.tsx";
import { Beginning } from "./beginning.tsx";
import { groupMessages } from "./group-messages.ts";
import { MessageRun } from "./message-run.tsx";
import { useHistory } from "./use-history.ts";
import { useLogScroll } from "./use-log-scroll.ts";
import { useMarkRead } from "./use-mark-read.ts";
import styles from "./log.module.css";

export function MessageLog({ conversation, myId }: { conversation: Conversation; myId: string }) {
  const t = useTranslate();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const { messages, error, complete, loadOlder } = useHistory(conversation.id);
  const now = useNow();
  const days = useMemo(() => groupMessages(messages ?? []), [messages]);
  const newestOwnId = messages?.find((message) => message.senderId === myId)?.id;
  const { log, atEnd, handleScroll, toEnd } = useLogScroll(newestOwnId, messages, loadOlder);
  useMarkRead(conversation.id, messages, atEnd);

  return (
    <div className={styles["frame"]}>
      {/* Arrivals speaks for it: a live log would also read out every older page that is loaded. */}
      <div
        ref={log}
        className={styles["log"]}
        role="log"
        aria-label={t("chat.messages")}
        aria-live="off"
        aria-busy={messages === undefined}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard
        tabIndex={0}
        onScroll={handleScroll}
      >
        <div className={styles["column"]}>
          <FieldError text={sentenceOf(error)} />
          {complete ? <Beginning peer={conversation.peer} empty={messages?.length === 0} /> : null}
          {days.map((day) => (
            <div key={day.key} className={styles["day"]}>
              <h2 className={styles["date"]}>
                <time dateTime={day.key}>{formatDay(day.firstAt, now, locale)}</time>
              </h2>
              {day.runs.map((run) => (
                <MessageRun
                  key={run.messages[0]?.id}
                  run={run}
                  own={run.senderId === myId}
                  peerName={conversation.peer.username}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" className={styles["jump"]} aria-label={t("chat.jumpToNewest")} onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
        </button>
      )}
      <Arrivals conversation={conversation} myId={myId} />
    </div>
  );
}
