import { openCamera, toCameraTrouble } from "./camera.ts";
import type { CameraTrouble } from "./camera.ts";

/** "left": the page was hidden, so the camera went off. "unread": what reads the pictures could not be loaded. */
export type ScanTrouble = CameraTrouble | "left" | "unread";
export type ScanState = "starting" | "scanning" | ScanTrouble;

export function isRunning(state: ScanState): state is Exclude<ScanState, ScanTrouble> {
  return state === "starting" || state === "scanning";
}

const everyMs = 200;

type Listener = {
  onState: (state: ScanState) => void;
  /** For every frame with a code in it, so more than once for each code. */
  onText: (text: string) => void;
};

/**
 * Shows the camera in `video` and reads it, a few times a second, until it is stopped, the page is hidden or something
 * fails. Whatever ends it, the camera is off before anyone hears of it.
 *
 * @returns what stops it.
 */
export function startScan(video: HTMLVideoElement, { onState, onText }: Listener): () => void {
  const over = new AbortController();
  const { signal } = over;
  const fail = (trouble: ScanTrouble) => {
    if (signal.aborted) return;
    over.abort();
    onState(trouble);
  };
  signal.addEventListener("abort", () => (video.srcObject = null));
  document.addEventListener("visibilitychange", () => document.hidden && fail("left"), { signal });
  onState("starting");
  void start();
  return () => over.abort();

  async function start(): Promise<void> {
    const [reader, stream] = await Promise.all([
      import("./read-code.ts").catch(() => fail("unread")),
      openCamera(signal).catch((error: unknown) => fail(toCameraTrouble(error))),
    ]);
    if (signal.aborted || !reader || !stream) return;
    for (const track of stream.getTracks()) {
      // Unplugged, or no longer allowed.
      track.addEventListener("ended", () => fail("failed"), { signal });
      // Computers mostly don't say which way their camera looks: it is towards the person.
      video.toggleAttribute("data-mirrored", track.getSettings().facingMode !== "environment");
    }
    video.srcObject = stream;
    try {
      await video.play();
    } catch {
      return fail("failed");
    }
    if (signal.aborted) return;
    onState("scanning");
    const readFrame = reader.createFrameReader();
    const timer = setInterval(() => {
      const text = readFrame(video);
      if (text !== null) onText(text);
    }, everyMs);
    signal.addEventListener("abort", () => clearInterval(timer));
  }
}
