import { useMe } from "../../lib/messenger.tsx";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useNow } from "../../lib/use-now.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { useConversations } from "../../lib/use-conversations.ts";
import styles from "./conversations.module.css";

type Props = { openId: string | undefined; onFindPeople: () => void };

/** Newest first, in the order in which the messenger keeps them. */
export function ConversationList({ openId, onFindPeople }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const me = useMe();
  const now = useNow();
  const { value: conversations, error } = useConversations();
  return (
    <nav className={styles["nav"]} aria-label={t("app.conversations")}>
      <FieldError text={conversations ? undefined : sentenceOf(error)} />
      {conversations?.length === 0 ? (
        <div className={styles["empty"]}>
          <h2>{t("conversations.empty")}</h2>
          <p>{t("conversations.emptyHelp", { username: me.username })}</p>
          <Button look="outlined" onClick={onFindPeople}>
            {t("conversations.findSomeone")}
          </Button>
        </div>
      ) : null}
      <ul>
        {conversations?.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            myId={me.id}
            now={now}
            open={conversation.id === openId}
          />
        ))}
      </ul>
    </nav>
  );
}
