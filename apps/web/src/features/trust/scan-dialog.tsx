import { useCallback, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Dialog } from "../../components/dialog.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { compareScanned } from "./compare-numbers.ts";
import { ScanPicture } from "./scan-picture.tsx";
import { ScanResult } from "./scan-result.tsx";
import { useScan } from "./use-scan.ts";
import styles from "./scan.module.css";

type Props = {
  number: string;
  name: string;
  verified: boolean;
  /** Instead of the camera: what was read until now does not count. */
  replaced: ReactNode;
  /** What to do once the numbers are the same. */
  children: ReactNode;
};

/** Reads the safety number from the other person's screen. */
export function ScanDialog({ onClose, ...scanner }: Props & { onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog title={t("trust.scanTitle", { name: scanner.name })} onClose={onClose}>
      <Scanner {...scanner} />
    </Dialog>
  );
}

/** The camera is on only while there is something to look for. */
function Scanner({ number, name, verified, replaced, children }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const [read, setRead] = useState<{ text: string; against: string } | null>(null);
  const found = read?.against === number ? compareScanned(number, read.text) : null;
  const looking = !replaced && (found === null || found === "foreign");
  const take = useCallback((text: string) => setRead({ text, against: number }), [number]);
  const { video, state, again } = useScan(looking, take);
  const scanAgain = () => {
    // The button goes away; whoever pressed it stays in the dialog.
    body.current?.focus();
    setRead(null);
    again();
  };
  return (
    <div ref={body} className={styles["body"]} tabIndex={-1} aria-live="polite">
      {replaced}
      {looking ? (
        <ScanPicture
          state={state}
          name={name}
          foreign={found === "foreign"}
          video={video}
          onAgain={scanAgain}
        />
      ) : null}
      {replaced || found === null || found === "foreign" ? null : (
        <ScanResult found={found} name={name} verified={verified} onAgain={scanAgain}>
          {children}
        </ScanResult>
      )}
    </div>
  );
}
