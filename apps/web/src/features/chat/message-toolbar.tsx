import { Ellipsis, Reply, SmilePlus } from "lucide-react";
import type { MouseEvent } from "react";
import type { Message } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import { isAnswerable } from "./is-answerable.ts";
import styles from "./message.module.css";

/** Beside a message under the pointer or with the focus: the styles show and hide it. */
export function MessageToolbar({ message }: { message: Message }) {
  const t = useTranslate();
  const { mayWrite, open, begin } = useChat();
  const openAt = (kind: "menu" | "picker") => (event: MouseEvent) => {
    const { x, y, width, height } = event.currentTarget.getBoundingClientRect();
    open({ kind, messageId: message.id, anchor: { x, y, width, height } });
  };
  return (
    <div className={styles["toolbar"]}>
      {mayWrite && isAnswerable(message) ? (
        <>
          <button
            type="button"
            aria-label={t("chat.react")}
            title={t("chat.react")}
            onClick={openAt("picker")}
          >
            <SmilePlus aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label={t("chat.reply")}
            title={t("chat.reply")}
            onClick={() => begin({ kind: "reply", messageId: message.id })}
          >
            <Reply className="mirrored" aria-hidden="true" />
          </button>
        </>
      ) : null}
      <button type="button" aria-label={t("chat.more")} title={t("chat.more")} onClick={openAt("menu")}>
        <Ellipsis aria-hidden="true" />
      </button>
    </div>
  );
}
