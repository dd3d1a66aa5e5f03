import { useRef, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { Message } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { useConversations } from "../../lib/use-conversations.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./dialogs.module.css";

type Props = { message: Message; onClose: () => void };

/** Passes a message's words on to the conversations that are ticked. */
export function ForwardDialog({ message, onClose }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const { value: conversations = [] } = useConversations();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLInputElement>(null);
  const choose = (id: string, yes: boolean) =>
    setChosen((last) => new Set(yes ? [...last, id] : [...last].filter((one) => one !== id)));
  const { busy, error, run } = useAction(async () => {
    for (const id of chosen) {
      await messenger.call("send", id, { id: uuidv7(), text: message.text, forwarded: true });
      // Where a later one fails, a second press is for those that are left.
      choose(id, false);
    }
    onClose();
  });
  const shown = conversations.filter(
    ({ peer, blocked, request }) =>
      !blocked && !request && nameOf(t, peer).toLowerCase().includes(query.trim().toLowerCase()),
  );
  return (
    <Dialog title={t("chat.forwardTitle")} initialFocus={field} onClose={onClose}>
      <div className={styles["body"]}>
        <TextField ref={field} label={t("chat.forwardFind")} value={query} onValueChange={setQuery} />
        <ul className={styles["choices"]}>
          {shown.map(({ id, peer }) => (
            <li key={id}>
              <Checkbox
                label={nameOf(t, peer)}
                checked={chosen.has(id)}
                onCheckedChange={(yes) => choose(id, yes)}
              />
            </li>
          ))}
        </ul>
        <FieldError text={sentenceOf(error)} />
        <Button wide busy={busy} disabled={chosen.size === 0} onClick={() => run()}>
          {chosen.size === 0 ? t("chat.forward") : t("chat.forwardTo", { count: chosen.size })}
        </Button>
      </div>
    </Dialog>
  );
}
