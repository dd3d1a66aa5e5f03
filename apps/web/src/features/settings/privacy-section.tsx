import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Section } from "../../components/screen.tsx";
import { Switch } from "../../components/switch.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useLive, useMessenger } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { useAction } from "../../lib/use-action.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./settings.module.css";

const readSettings = (port: MessengerPort) => port.call("settings");
const readBlocked = (port: MessengerPort) => port.call("blocked");
const switches = ["readReceipts", "typing", "presence"] as const;

/** What others get to know, and who does not get through. */
export function PrivacySection() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const { value: settings, error } = useLive("settings", readSettings);
  const { value: blocked } = useLive("blocked", readBlocked);
  const change = useAction((name: (typeof switches)[number], on: boolean) =>
    messenger.call("setSettings", { [name]: on }),
  );
  const unblock = useAction((userId: string) => messenger.call("unblock", userId));
  return (
    <Section title={t("settings.privacy")}>
      {switches.map((name) => (
        <Switch
          key={name}
          label={t(`settings.${name}`)}
          hint={t(`settings.${name}Hint`)}
          checked={settings?.[name] ?? false}
          disabled={settings === undefined}
          onCheckedChange={(on) => change.run(name, on)}
        />
      ))}
      <h3 className={styles["subheading"]}>{t("settings.blocked")}</h3>
      {blocked?.length === 0 ? <p className={styles["soft"]}>{t("settings.nobodyBlocked")}</p> : null}
      <ul className={styles["rows"]}>
        {blocked?.map((person) => (
          <li key={person.id} className={styles["row"]}>
            <span className={styles["grow"]}>{nameOf(t, person)}</span>
            <Button
              look="quiet"
              aria-label={t("trust.unblock", { name: nameOf(t, person) })}
              onClick={() => unblock.run(person.id)}
            >
              {t("settings.unblock")}
            </Button>
          </li>
        ))}
      </ul>
      <FieldError text={sentenceOf(change.error ?? unblock.error ?? error)} />
    </Section>
  );
}
