import { Avatar } from "../../components/avatar.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { useMe } from "../../lib/messenger.tsx";
import { formatListTime } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { toExcerpt } from "./excerpt.ts";
import type { PaletteItem } from "./palette-items.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./search.module.css";

/** One line of the list: who, and for a message what and when. */
export function PaletteOption({ item }: { item: PaletteItem }) {
  const t = useTranslate();
  const locale = useLocale();
  const me = useMe();
  const now = useNow();
  const person = item.kind === "person" ? item.person : item.conversation.peer;
  const message = item.kind === "message" ? item.result.message : null;
  return (
    <>
      <Avatar name={nameOf(t, person)} publicKey={person.publicKey} size="small" />
      <div className={styles["words"]}>
        <span className={`${styles["name"]} own-direction`} dir="auto">
          {nameOf(t, person)}
        </span>
        {item.kind === "person" ? <span className={styles["soft"]}>{t("search.newPerson")}</span> : null}
        {item.kind === "message" ? (
          <span className={styles["excerpt"]}>
            {message?.senderId === me.id ? `${t("chat.you")}: ` : ""}
            <bdi>
              {toExcerpt(item.result.message.text, item.result.ranges).map((piece, index) =>
                // oxlint-disable-next-line react/no-array-index-key -- pieces of one text keep their order
                piece.found ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
              )}
            </bdi>
          </span>
        ) : null}
      </div>
      {message ? (
        <time className={styles["time"]} dateTime={message.createdAt}>
          {formatListTime(message.createdAt, now, locale)}
        </time>
      ) : null}
    </>
  );
}
