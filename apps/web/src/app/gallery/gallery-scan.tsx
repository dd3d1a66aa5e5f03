import { ScanPicture } from "../../features/trust/scan-picture.tsx";
import { ScanResult } from "../../features/trust/scan-result.tsx";
import type { ScanState } from "../../features/trust/scan.ts";
import styles from "./gallery.module.css";

const nothing = () => {};
const troubles: ScanState[] = ["unsupported", "denied", "missing", "busy", "failed", "left", "unread"];

export function GalleryScan() {
  return (
    <div className={styles["stack"]}>
      <ScanPicture state="starting" name="mira" foreign={false} onAgain={nothing} />
      <ScanPicture state="scanning" name="mira" foreign onAgain={nothing} />
      {troubles.map((state) => (
        <ScanPicture key={state} state={state} name="mira" foreign={false} onAgain={nothing} />
      ))}
      <ScanResult found="different" name="mira" verified={false} onAgain={nothing}>
        {null}
      </ScanResult>
      <ScanResult found="same" name="mira" verified={false} onAgain={nothing}>
        {null}
      </ScanResult>
    </div>
  );
}
