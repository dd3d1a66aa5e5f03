import { useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { limits } from "@sotto/protocol";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useChoosing } from "../../lib/use-choosing.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { PeopleList } from "./people-list.tsx";
import { usePeopleSearch } from "../../lib/use-people-search.ts";
import styles from "./people.module.css";

/** Finds people by the beginning of their name: arrow keys choose, Enter opens. */
export function NewConversationDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const me = useMe();
  const [, navigate] = useLocation();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const prefix = typed.trim();
  const { people, message, error } = usePeopleSearch(prefix, me.id);
  const open = useAction(async (username: string) => {
    const conversation = await messenger.call("openDirect", username);
    onClose();
    navigate(`/c/${conversation.id}`);
  });
  // Enter right after a whole name need not wait for the search.
  const choosing = useChoosing(listId, people, (active) => {
    const username = active?.username ?? prefix;
    if (username.length >= limits.usernameMinLength) open.run(username);
  });
  const failure = open.error ?? error;

  return (
    <Dialog title={t("people.newConversation")} onClose={onClose} initialFocus={field} tall>
      <div className={styles["search"]}>
        <TextField
          ref={field}
          label={t("people.find")}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={limits.usernameMaxLength}
          placeholder={t("people.username")}
          value={typed}
          onValueChange={(value) => {
            setTyped(value);
            choosing.restart();
            open.setError(null);
          }}
          aria-controls={listId}
          {...choosing.fieldProps}
        />
        <FieldError text={sentenceOf(failure)} />
      </div>
      <output className={styles["message"]}>{failure === null ? message : ""}</output>
      <PeopleList
        id={listId}
        people={people}
        activeId={choosing.activeId}
        onPoint={choosing.point}
        onChoose={(person) => open.run(person.username)}
      />
    </Dialog>
  );
}
