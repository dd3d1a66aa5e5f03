import { useMe } from "../../lib/messenger.tsx";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { toSentence } from "../../lib/errors.ts";
import { useNow } from "../../lib/use-now.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { useConversations } from "../../lib/use-conversations.ts";
import styles from "./conversations.module.css";

type Props = { openId: string | undefined; onFindPeople: () => void };

/** Newest first, in the order in which the messenger keeps them. */
export function ConversationList({ openId, onFindPeople }: Props) {
  const me = useMe();
  const now = useNow();
  const { value: conversations, error } = useConversations();
  return (
    <nav className={styles["nav"]} aria-label="Conversations">
      <FieldError text={error && !conversations ? toSentence(error) : undefined} />
      {conversations?.length === 0 ? (
        <div className={styles["empty"]}>
          <h2>Nothing here yet</h2>
          <p>Someone on this server must know your username, {me.username}, or you theirs.</p>
          <Button look="outlined" onClick={onFindPeople}>
            Find someone to write to
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
