import { setTimeout as delay } from "node:timers/promises";
import { closeCodes } from "@sotto/protocol";
import { closeGraceMs, type LiveSocket } from "./live-socket.ts";

const sliceSize = 100;
const sliceMs = 50;
const checkMs = 20;

/** What tRPC clients take as "connect again"; tRPC itself can only say it to all at once. */
const reconnectNotification = JSON.stringify({ id: null, method: "reconnect" });

/**
 * Slice by slice, so that not everyone comes back in the same instant: say that the server goes, let what was sent
 * leave the buffers, close with 1012.
 */
export async function drainSockets(sockets: readonly LiveSocket[], timeoutMs: number): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  for (let start = 0; start < sockets.length; start += sliceSize) {
    const slice = sockets.slice(start, start + sliceSize);
    for (const { ws } of slice) if (ws.readyState === ws.OPEN) ws.send(reconnectNotification);
    if (start + sliceSize < sockets.length && performance.now() < deadlineMs) await delay(sliceMs);
  }
  const open = new Set(sockets.filter(({ ws }) => ws.readyState !== ws.CLOSED));
  while (performance.now() < deadlineMs && [...open].some(({ ws }) => ws.bufferedAmount > 0))
    await delay(checkMs);
  await Promise.all([...open].map(closeSocket));
}

function closeSocket({ ws }: LiveSocket): Promise<void> {
  if (ws.readyState === ws.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => ws.terminate(), closeGraceMs);
    ws.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    ws.close(closeCodes.serviceRestart, "The server restarts.");
  });
}
