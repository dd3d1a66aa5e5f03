import { MonitorSmartphone } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import { trpc } from "../../lib/trpc.ts";
import styles from "./settings.module.css";

export function SessionsList() {
  const t = useTranslate();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const utils = trpc.useUtils();
  const sessions = trpc.auth.sessions.useQuery();
  const revoke = trpc.auth.revokeSession.useMutation({ onSuccess: () => utils.auth.sessions.invalidate() });
  const error = revoke.error ?? sessions.error;
  return (
    <>
      <FieldError text={sentenceOf(error)} />
      {sessions.isPending ? <p className={styles["soft"]}>{t("common.loading")}</p> : null}
      <ul className={styles["sessions"]}>
        {sessions.data?.map((session) => (
          <li key={session.id} className={styles["session"]}>
            <MonitorSmartphone aria-hidden="true" />
            <div className={styles["device"]}>
              <p>{session.device}</p>
              <p className={styles["soft"]}>
                {session.current
                  ? t("settings.thisBrowser")
                  : t("settings.lastUsed", { when: formatFull(session.lastUsedAt, locale) })}
              </p>
            </div>
            {session.current ? null : (
              <Button
                look="quiet"
                aria-label={t("settings.endSessionOf", { device: session.device })}
                busy={revoke.isPending && revoke.variables.sessionId === session.id}
                onClick={() => revoke.mutate({ sessionId: session.id })}
              >
                {t("settings.endSession")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
