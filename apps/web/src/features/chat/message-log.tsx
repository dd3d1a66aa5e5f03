import { useState } from "react";
import type { Conversation } from "@sotto/client";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useWatched } from "../../lib/use-watched.ts";
import { Arrivals } from "./arrivals.tsx";
import { LoadedLog } from "./loaded-log.tsx";
import { useHistory } from "./use-history.ts";
import type { Jump } from "./use-jump.ts";
import type { Place } from "./use-log.ts";
import styles from "./log.module.css";

/** More than these do not show at once. */
const manyNew = 10;

type Props = {
  conversation: Conversation;
  myId: string;
  places: Map<string, Place>;
  jump: Jump | null;
  onError: (error: unknown) => void;
};

export function MessageLog(props: Props) {
  const { conversation, myId } = props;
  // Asked once, for all: a log that knew of a return before this does would mark what it shows as read.
  const watched = useWatched();
  const visit = useVisit(conversation.unreadCount, watched);
  return (
    <div className={styles["frame"]}>
      <Visit key={visit} again={visit > 0} watched={watched} {...props} />
      <Arrivals conversation={conversation} myId={myId} />
    </div>
  );
}

function Visit({ again, conversation, jump, ...rest }: Props & { again: boolean; watched: boolean }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const [place] = useState(again ? null : (rest.places.get(conversation.id) ?? null));
  // What was wished before has happened.
  const [earlierJump] = useState(again ? jump : null);
  const history = useHistory(conversation.id, place?.window, conversation.unreadCount);
  const { messages, error } = history;
  return (
    <>
      <FieldError text={sentenceOf(error)} />
      {messages ? (
        <LoadedLog
          conversation={conversation}
          place={place}
          history={{ ...history, messages }}
          jump={jump === earlierJump ? null : jump}
          {...rest}
        />
      ) : (
        <div className={styles["log"]} role="log" aria-label={t("chat.messages")} aria-busy="true" />
      )}
    </>
  );
}

/**
 * Counts how often the conversation was opened. Whoever comes back to it after many have come, while nobody looked,
 * begins at the first of them: the log has followed to the last one, and what is above it would count as read.
 */
function useVisit(unreadCount: number, watched: boolean): number {
  const [state, setState] = useState({ visit: 0, watched, unreadCount });
  if (state.watched === watched) return state.visit;
  const returned = watched && unreadCount - state.unreadCount > manyNew;
  const next = { visit: returned ? state.visit + 1 : state.visit, watched, unreadCount };
  setState(next);
  return next.visit;
}
