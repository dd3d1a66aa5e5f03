import { useLayoutEffect, useRef, useState } from "react";
import { isRunning, startScan } from "./scan.ts";
import type { ScanState } from "./scan.ts";

/** Scans while `on`, and after a trouble when told to. `onText` needs a stable identity, like an effect. */
export function useScan(on: boolean, onText: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<ScanState>("starting");
  const running = on && isRunning(state);
  // A layout effect: the camera is off in the moment in which what it saw is shown.
  useLayoutEffect(() => {
    if (!running || video.current === null) return undefined;
    return startScan(video.current, { onState: setState, onText });
  }, [running, onText]);
  return { video, state, again: () => setState("starting") };
}
