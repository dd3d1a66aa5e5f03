import { Section } from "../../components/screen.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { LanguageChoice } from "./language-choice.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

export function AppearanceSection() {
  const t = useTranslate();
  return (
    <Section title={t("settings.appearance")}>
      <ThemeChoice />
      <LanguageChoice />
    </Section>
  );
}
