import type { WebSocket } from "ws";
import type { ReadGate } from "./read-gate.ts";

const framesPerSecond = 250;
const burst = 500;

/**
 * A token bucket on the frames of one socket. Over the rate the socket is not read for a while: TCP then holds the
 * sender back, and nothing that was sent is lost or refused.
 */
export function limitFrameRate(
  ws: WebSocket,
  gate: ReadGate,
  nowMs: () => number = () => performance.now(),
): void {
  let tokens = burst;
  let filledAtMs = nowMs();
  let holding = false;
  ws.on("message", () => {
    const now = nowMs();
    tokens = Math.min(burst, tokens + ((now - filledAtMs) / 1_000) * framesPerSecond);
    filledAtMs = now;
    tokens -= 1;
    if (tokens >= 0 || holding) return;
    holding = true;
    const release = gate.hold();
    const pauseMs = ((framesPerSecond / 4 - tokens) / framesPerSecond) * 1_000;
    setTimeout(() => {
      holding = false;
      release();
    }, pauseMs).unref();
  });
}
