import { useEffect, useState } from "react";
import { Check, Copy, Download, Printer } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { downloadText } from "../../lib/download.ts";
import styles from "./recovery-key.module.css";

type Props = { username: string; recoveryKey: string; onContinue: () => void };

/** Shown once, right after sign-up. Leaving the page without having saved it asks first. */
export function RecoveryKeyScreen({ username, recoveryKey, onContinue }: Props) {
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    if (!saved) addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [saved]);

  return (
    <Sheet title="Your recovery key">
      <p className={styles["lead"]}>
        It is the only way back in if you forget your password. Nobody else has it, not even the server. Keep
        it on paper or in a password manager.
      </p>
      <p className={styles["account"]}>Recovery key for {username}</p>
      <code className={styles["key"]} aria-label="Recovery key">
        {recoveryKey.split("-").map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups can repeat, and never move
          <span key={index} className={styles["group"]}>
            {group}{" "}
          </span>
        ))}
      </code>
      <div className={styles["ways"]}>
        <Button
          look="outlined"
          onClick={() => {
            void navigator.clipboard.writeText(recoveryKey).then(() => setCopied(true));
          }}
        >
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button
          look="outlined"
          onClick={() => downloadText("sotto-recovery-key.txt", toFile(username, recoveryKey))}
        >
          <Download aria-hidden="true" />
          Download
        </Button>
        <Button look="outlined" onClick={() => print()}>
          <Printer aria-hidden="true" />
          Print
        </Button>
      </div>
      <div className={styles["end"]}>
        <Checkbox label="I have saved it" checked={saved} onCheckedChange={setSaved} />
        <Button wide disabled={!saved} onClick={onContinue}>
          Continue
        </Button>
      </div>
    </Sheet>
  );
}

function toFile(username: string, recoveryKey: string): string {
  return `Sotto recovery key\nServer: ${location.origin}\nUsername: ${username}\n\n${recoveryKey}\n`;
}
