import { useState } from "react";
import { FieldError } from "../../components/field-error.tsx";
import { Select } from "../../components/select.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { getLanguageChoice, languages, setLanguageChoice } from "../../lib/language.ts";
import type { Language, LanguageChoice as Choice } from "../../lib/language.ts";
import { useAction } from "../../lib/use-action.ts";

export function LanguageChoice() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const [chosen, setChosen] = useState(getLanguageChoice);
  const change = useAction(async (choice: Choice) => {
    await setLanguageChoice(choice);
    setChosen(choice);
  });
  const options: { value: Choice; label: string }[] = [
    { value: "auto", label: t("settings.languageSystem") },
    ...(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value].name })),
  ];
  return (
    <div>
      <Select label={t("settings.language")} value={chosen} options={options} onValueChange={change.run} />
      <FieldError text={sentenceOf(change.error)} />
    </div>
  );
}
