import { useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { limits } from "@sotto/protocol";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
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
  const [position, setPosition] = useState(0);
  const prefix = typed.trim();
  const { people, message, error } = usePeopleSearch(prefix, me.id);
  const active = people[Math.min(position, people.length - 1)];
  const open = useAction(async (username: string) => {
    const conversation = await messenger.call("openDirect", username);
    onClose();
    navigate(`/c/${conversation.id}`);
  });
  const move = (step: number) => {
    if (people.length > 0) setPosition((position + step + people.length) % people.length);
  };
  // Enter right after a whole name need not wait for the search.
  const choose = () => {
    const username = active?.username ?? prefix;
    if (username.length >= limits.usernameMinLength) open.run(username);
  };
  const failure = open.error ?? error;

  return (
    <Dialog title={t("people.newConversation")} onClose={onClose} initialFocus={field}>
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
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          value={typed}
          onValueChange={(value) => {
            setTyped(value);
            setPosition(0);
            open.setError(null);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "ArrowDown") move(1);
            else if (event.key === "ArrowUp") move(-1);
            else if (event.key === "Enter") choose();
            else return;
            event.preventDefault();
          }}
        />
        <FieldError text={sentenceOf(failure)} />
      </div>
      <output className={styles["message"]}>{failure === null ? message : ""}</output>
      <PeopleList
        id={listId}
        people={people}
        activeId={active?.id}
        onPoint={setPosition}
        onChoose={(person) => open.run(person.username)}
      />
    </Dialog>
  );
}
