import { MonitorSmartphone } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { toSentence } from "../../lib/errors.ts";
import { formatFull } from "../../lib/time.ts";
import { trpc } from "../../lib/trpc.ts";
import styles from "./settings.module.css";

export function SessionsList() {
  const utils = trpc.useUtils();
  const sessions = trpc.auth.sessions.useQuery();
  const revoke = trpc.auth.revokeSession.useMutation({ onSuccess: () => utils.auth.sessions.invalidate() });
  const error = revoke.error ?? sessions.error;
  return (
    <>
      <FieldError text={error ? toSentence(error) : undefined} />
      {sessions.isPending ? <p className={styles["soft"]}>Loading…</p> : null}
      <ul className={styles["sessions"]}>
        {sessions.data?.map((session) => (
          <li key={session.id} className={styles["session"]}>
            <MonitorSmartphone aria-hidden="true" />
            <div className={styles["device"]}>
              <p>{session.device}</p>
              <p className={styles["soft"]}>
                {session.current ? "This browser" : `Last used ${formatFull(session.lastUsedAt)}`}
              </p>
            </div>
            {session.current ? null : (
              <Button
                look="quiet"
                aria-label={`End the session of ${session.device}`}
                busy={revoke.isPending && revoke.variables.sessionId === session.id}
                onClick={() => revoke.mutate({ sessionId: session.id })}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
