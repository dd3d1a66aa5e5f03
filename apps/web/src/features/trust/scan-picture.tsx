import type { RefObject } from "react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { isRunning } from "./scan.ts";
import type { ScanState } from "./scan.ts";
import styles from "./scan.module.css";

type Props = {
  state: ScanState;
  name: string;
  /** The last code in the picture was that of something else. */
  foreign: boolean;
  video?: RefObject<HTMLVideoElement | null>;
  onAgain: () => void;
};

/** What the camera sees, or why it sees nothing and what helps. */
export function ScanPicture({ state, name, foreign, video, onAgain }: Props) {
  const t = useTranslate();
  return (
    <>
      <div className={styles["frame"]} hidden={!isRunning(state)}>
        {/* The element is there before the camera is: the camera is shown in it as soon as it opens. */}
        <video
          ref={video}
          className={styles["video"]}
          muted
          playsInline
          aria-label={t("trust.cameraPicture")}
        />
        {state === "starting" ? (
          <p className={styles["starting"]}>
            <Spinner />
            {t("trust.cameraAwaited")}
          </p>
        ) : (
          <svg className={styles["corners"]} viewBox="0 0 100 100" aria-hidden="true">
            <path d="M1 20V7a6 6 0 0 1 6-6h13M80 1h13a6 6 0 0 1 6 6v13M99 80v13a6 6 0 0 1-6 6H80M20 99H7a6 6 0 0 1-6-6V80" />
          </svg>
        )}
      </div>
      {isRunning(state) ? (
        <p className={styles["hint"]}>{t("trust.scanHint", { name })}</p>
      ) : (
        <>
          <Notice look="warning">{t(`trust.camera.${state}`)}</Notice>
          {state === "unsupported" ? null : (
            <div className={styles["buttons"]}>
              <Button onClick={onAgain}>{t("trust.scanAgain")}</Button>
            </div>
          )}
        </>
      )}
      {isRunning(state) && foreign ? (
        <Notice look="warning">{t("trust.scanForeign", { name })}</Notice>
      ) : null}
    </>
  );
}
