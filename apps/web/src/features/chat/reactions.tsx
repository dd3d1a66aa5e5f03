import type { Message, Reaction } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import { isAnswerable } from "./is-answerable.ts";
import styles from "./reactions.module.css";

type Props = { message: Message; reactions: readonly Reaction[] };

/** A press adds one's own, or takes it back. */
export function Reactions({ message, reactions }: Props) {
  const t = useTranslate();
  const { myId, peerName, mayWrite, react } = useChat();
  return (
    <ul className={styles["reactions"]} aria-label={t("chat.reactions")}>
      {reactions.map(({ emoji, userIds }) => {
        const names = userIds.map((id) => (id === myId ? t("chat.you") : peerName)).join(", ");
        return (
          <li key={emoji}>
            <button
              type="button"
              className={styles["reaction"]}
              aria-pressed={userIds.includes(myId)}
              title={names}
              disabled={!mayWrite || !isAnswerable(message)}
              onClick={() => react(message, emoji)}
            >
              <span>{emoji}</span>
              {userIds.length > 1 ? <span>{userIds.length}</span> : null}
              <span className="visually-hidden">{names}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
