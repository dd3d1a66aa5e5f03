import type { WebSocket } from "ws";

const framesPerSecond = 250;
const burst = 500;

/**
 * A token bucket on the frames of one socket. Over the rate the socket is not read for a while: TCP then holds the
 * sender back, and nothing that was sent is lost or refused.
 */
export function limitFrameRate(ws: WebSocket, nowMs: () => number = () => performance.now()): void {
  let tokens = burst;
  let filledAtMs = nowMs();
  ws.on("message", () => {
    const now = nowMs();
    tokens = Math.min(burst, tokens + ((now - filledAtMs) / 1_000) * framesPerSecond);
    filledAtMs = now;
    tokens -= 1;
    if (tokens >= 0 || ws.isPaused) return;
    ws.pause();
    setTimeout(() => ws.resume(), ((framesPerSecond / 4 - tokens) / framesPerSecond) * 1_000).unref();
  });
}
