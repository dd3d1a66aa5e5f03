/** Why there is no picture. */
export type CameraTrouble = "unsupported" | "denied" | "missing" | "busy" | "failed";

/** By the names that browsers give to what went wrong; older ones have names of their own. */
const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
};

export function toCameraTrouble(error: unknown): CameraTrouble {
  if (typeof navigator.mediaDevices?.getUserMedia !== "function") return "unsupported";
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return troubles[name] ?? "failed";
}

/** The camera that looks away from the person, where there are two. It is off again as soon as `signal` aborts. */
export async function openCamera(signal: AbortSignal): Promise<MediaStream> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1_280 }, height: { ideal: 720 } },
  });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return stream;
}
