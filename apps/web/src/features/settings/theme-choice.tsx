import { useId, useState } from "react";
import { Monitor, Moon, Sun } from "lucide-react";
import { getTheme, setTheme, themes } from "../../lib/theme.ts";
import type { Theme } from "../../lib/theme.ts";
import styles from "./theme-choice.module.css";

const looks = {
  light: { label: "Light", Icon: Sun },
  dark: { label: "Dark", Icon: Moon },
  system: { label: "System", Icon: Monitor },
} satisfies Record<Theme, { label: string; Icon: typeof Sun }>;

export function ThemeChoice() {
  const name = useId();
  const [chosen, setChosen] = useState(getTheme);
  return (
    <div className={styles["choice"]} role="radiogroup" aria-label="Appearance">
      {themes.map((theme) => {
        const { label, Icon } = looks[theme];
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
            {label}
          </label>
        );
      })}
    </div>
  );
}
