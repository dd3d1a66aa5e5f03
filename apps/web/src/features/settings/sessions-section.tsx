import { MonitorSmartphone } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Section } from "../../components/screen.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import { trpc } from "../../lib/trpc.ts";
import styles from "./settings.module.css";

export function SessionsSection() {
  const t = useTranslate();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const utils = trpc.useUtils();
  const sessions = trpc.auth.sessions.useQuery();
  const onSuccess = () => utils.auth.sessions.invalidate();
  const revoke = trpc.auth.revokeSession.useMutation({ onSuccess });
  const revokeOthers = trpc.auth.revokeOtherSessions.useMutation({ onSuccess });
  const others = sessions.data?.filter(({ current }) => !current).length ?? 0;
  return (
    <Section title={t("settings.sessions")}>
      <FieldError text={sentenceOf(revoke.error ?? revokeOthers.error ?? sessions.error)} />
      {sessions.isPending ? <p className={styles["soft"]}>{t("common.loading")}</p> : null}
      <ul className={styles["rows"]}>
        {sessions.data?.map((session) => (
          <li key={session.id} className={styles["row"]}>
            <MonitorSmartphone aria-hidden="true" />
            <div className={styles["grow"]}>
              <p>
                <bdi>{session.device}</bdi>
              </p>
              <p className={styles["soft"]}>
                {session.current
                  ? t("settings.thisBrowser")
                  : t("settings.lastUsed", { when: formatFull(session.lastUsedAt, locale) })}
                {" · "}
                {t("settings.since", { when: formatFull(session.createdAt, locale) })}
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
      {others > 0 ? (
        <div className={styles["buttons"]}>
          <Button look="outlined" busy={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
            {t("settings.endOthers")}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
