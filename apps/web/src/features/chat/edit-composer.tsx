import { useState } from "react";
import { Pencil } from "lucide-react";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useChat } from "./chat-context.ts";
import { ComposerField } from "./composer-field.tsx";
import { ComposerTask } from "./composer-task.tsx";
import { useMessage } from "./use-message.ts";

type Props = { messageId: string; onDone: () => void };

/** The words of an own message, to be written anew. */
export function EditComposer({ messageId, onDone }: Props) {
  const t = useTranslate();
  const messenger = useMessenger();
  const { conversationId, peerName } = useChat();
  const message = useMessage(conversationId, messageId);
  const [written, setWritten] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const text = written ?? message?.text ?? "";

  const save = async () => {
    const next = text.trim();
    if (next === "") return;
    try {
      if (next !== message?.text) await messenger.call("edit", conversationId, messageId, next);
      onDone();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <ComposerField
      text={text}
      placeholder={t("chat.writeTo", { name: peerName })}
      sendLabel={t("chat.save")}
      error={error}
      focusKey={messageId}
      onText={setWritten}
      onSend={() => void save()}
      onCancel={onDone}
    >
      <ComposerTask cancelLabel={t("chat.cancelEdit")} onCancel={onDone}>
        <Pencil aria-hidden="true" />
        <span>{t("chat.editing")}</span>
      </ComposerTask>
    </ComposerField>
  );
}
