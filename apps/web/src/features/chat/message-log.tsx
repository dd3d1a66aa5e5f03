import type { Conversation } from "@sotto/client";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { Arrivals } from "./arrivals.tsx";
import { LoadedLog } from "./loaded-log.tsx";
import { useHistory } from "./use-history.ts";
import type { Jump } from "./use-jump.ts";
import type { Place } from "./use-log.ts";
import styles from "./log.module.css";

type Props = {
  conversation: Conversation;
  myId: string;
  places: Map<string, Place>;
  jump: Jump | null;
  onError: (error: unknown) => void;
};

export function MessageLog({ conversation, ...rest }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const { id, unreadCount } = conversation;
  const { places, myId } = rest;
  const history = useHistory(id, places.get(id)?.window, unreadCount);
  const { messages, error } = history;
  return (
    <div className={styles["frame"]}>
      <FieldError text={sentenceOf(error)} />
      {messages ? (
        <LoadedLog conversation={conversation} history={{ ...history, messages }} {...rest} />
      ) : (
        <div className={styles["log"]} role="log" aria-label={t("chat.messages")} aria-busy="true" />
      )}
      <Arrivals conversation={conversation} myId={myId} />
    </div>
  );
}
