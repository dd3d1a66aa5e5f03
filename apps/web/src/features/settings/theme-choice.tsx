import { useId, useState } from "react";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslate } from "../../lib/i18n.ts";
import { getTheme, setTheme, themes } from "../../lib/theme.ts";
import type { Theme } from "../../lib/theme.ts";
import styles from "./theme-choice.module.css";

const icons = { light: Sun, dark: Moon, system: Monitor } satisfies Record<Theme, typeof Sun>;

export function ThemeChoice() {
  const t = useTranslate();
  const name = useId();
  const [chosen, setChosen] = useState(getTheme);
  return (
    <div className={styles["choice"]} role="radiogroup" aria-label={t("settings.appearance")}>
      {themes.map((theme) => {
        const Icon = icons[theme];
        return (
          <label key={theme} className={styles["option"]}>
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={chosen === theme}
              onChange={() => {
                setTheme(theme);
                setChosen(theme);
              }}
            />
            <Icon aria-hidden="true" />
            {t(`settings.${theme}`)}
          </label>
        );
      })}
    </div>
  );
}
