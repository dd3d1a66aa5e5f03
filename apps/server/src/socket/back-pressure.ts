/**
 * What a socket was sent and its peer has not read lies in our memory. Above a bound nothing more is read from that
 * peer, no large answer is begun for it, and its subscriptions wait.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { WebSocket } from "ws";
import type { ReadGate } from "./read-gate.ts";

const highBytes = 256 * 1024;
const checkMs = 25;

function isFull(ws: WebSocket, maxBytes: number): boolean {
  return ws.readyState === ws.OPEN && ws.bufferedAmount > maxBytes;
}

/** Settles when no more than `maxBytes` wait, when the socket closes, or when the signal aborts. */
export async function waitForRoom(
  ws: WebSocket,
  signal?: AbortSignal,
  maxBytes: number = highBytes,
): Promise<void> {
  for (;;) {
    if (signal?.aborted === true || !isFull(ws, maxBytes)) return;
    await delay(checkMs, undefined, { ref: false });
  }
}

/** A peer that asks and does not read the answers is not asked for more. */
export function holdReadingWhileFull(ws: WebSocket, gate: ReadGate): void {
  let holding = false;
  ws.on("message", () => {
    if (holding || !isFull(ws, highBytes)) return;
    holding = true;
    const release = gate.hold();
    void waitForRoom(ws).then(() => {
      holding = false;
      release();
    });
  });
}
