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
  const unblock = useAction((userId: string) => messenger.call("unblock", userId));
  return (
    <Section title={t("settings.privacy")}>
      {switches.map((name) => (
        <PrivacySwitch key={name} name={name} checked={settings?.[name]} />
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
      <FieldError text={sentenceOf(unblock.error ?? error)} />
    </Section>
  );
}

/** An action of its own: who turns two of them does not wait for the first. */
function PrivacySwitch({ name, checked }: { name: (typeof switches)[number]; checked: boolean | undefined }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const change = useAction((on: boolean) => messenger.call("setSettings", { [name]: on }));
  return (
    <>
      <Switch
        label={t(`settings.${name}`)}
        hint={t(`settings.${name}Hint`)}
        checked={checked ?? false}
        disabled={checked === undefined}
        onCheckedChange={change.run}
      />
      <FieldError text={sentenceOf(change.error)} />
    </>
  );
}
