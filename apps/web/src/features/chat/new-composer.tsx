import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useChat } from "./chat-context.ts";
import { ComposerField } from "./composer-field.tsx";
import { ComposerTask } from "./composer-task.tsx";
import { isEditable } from "./is-answerable.ts";
import { Quote } from "./quote.tsx";
import { useDraft } from "./use-draft.ts";
import { useSendTyping } from "./use-typing.ts";

type Props = {
  replyTo: string | null;
  onDone: () => void;
  onSent: () => void;
  /** As it is kept. */
  draft: string;
};

/** What was refused on this device comes back into the field. */
export function NewComposer({ replyTo, onDone, onSent, draft }: Props) {
  const t = useTranslate();
  const messenger = useMessenger();
  const { conversationId, myId, peerName, begin, jumpTo } = useChat();
  const sendTyping = useSendTyping(conversationId);
  const [text, write] = useDraft(conversationId, draft);
  const [error, setError] = useState<unknown>(null);

  const send = async () => {
    const sent = text.trim();
    if (sent === "") return;
    write("");
    setError(null);
    onDone();
    onSent();
    try {
      const message = { id: uuidv7(), text: sent };
      await messenger.call("send", conversationId, replyTo === null ? message : { ...message, replyTo });
    } catch (caught) {
      setError(caught);
      write((last) => (last === "" ? sent : last));
    }
  };
  const editLast = async () => {
    try {
      const messages = await messenger.call("history", conversationId, { limit: 50 });
      const last = messages.find((message) => message.senderId === myId && isEditable(message));
      if (last) begin({ kind: "edit", messageId: last.id });
    } catch (caught) {
      setError(caught);
    }
  };

  return (
    <ComposerField
      text={text}
      placeholder={t("chat.writeTo", { name: peerName })}
      sendLabel={t("chat.send")}
      error={error}
      focusKey={replyTo}
      onText={(next) => {
        write(next);
        if (next !== "") sendTyping();
      }}
      onSend={() => void send()}
      onCancel={onDone}
      onUp={() => void editLast()}
    >
      {replyTo === null ? null : (
        <ComposerTask cancelLabel={t("chat.cancelReply")} onCancel={onDone}>
          <Quote messageId={replyTo} onJump={jumpTo} />
        </ComposerTask>
      )}
    </ComposerField>
  );
}
