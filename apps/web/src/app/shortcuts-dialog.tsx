import { Dialog } from "../components/dialog.tsx";
import { useTranslate } from "../lib/i18n.ts";
import styles from "./shortcuts-dialog.module.css";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

const shortcuts = [
  { keys: [isApple ? "⌘" : "Ctrl", "K"], words: "shortcuts.search" },
  { keys: [isApple ? "⌥" : "Alt", "↓"], words: "shortcuts.next" },
  { keys: [isApple ? "⌥" : "Alt", "↑"], words: "shortcuts.previous" },
  { keys: ["Enter"], words: "shortcuts.send" },
  { keys: ["Shift", "Enter"], words: "shortcuts.newLine" },
  { keys: [":tada:"], words: "shortcuts.emoji" },
  { keys: ["↑"], words: "shortcuts.edit" },
  { keys: ["↑", "↓"], words: "shortcuts.messages" },
  { keys: ["Enter"], words: "shortcuts.menu" },
  { keys: ["Esc"], words: "shortcuts.close" },
  { keys: ["?"], words: "shortcuts.help" },
] as const;

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard in a low window */}
      <section className={styles["scroll"]} aria-label={t("shortcuts.title")} tabIndex={0}>
        <dl className={styles["shortcuts"]}>
          {shortcuts.map(({ keys, words }) => (
            <div key={words} className={styles["shortcut"]}>
              <dt>{t(words)}</dt>
              <dd dir="ltr">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Dialog>
  );
}
