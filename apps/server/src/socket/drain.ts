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
 * leave the buffer, close with 1012. Each socket by itself: whoever reads slowly holds up nobody else's return.
 */
export async function drainSockets(sockets: readonly LiveSocket[], timeoutMs: number): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  const ends: Promise<void>[] = [];
  for (let start = 0; start < sockets.length; start += sliceSize) {
    const slice = sockets.slice(start, start + sliceSize);
    ends.push(...slice.map((socket) => drainSocket(socket, deadlineMs)));
    if (start + sliceSize < sockets.length && performance.now() < deadlineMs) await delay(sliceMs);
  }
  await Promise.all(ends);
}

async function drainSocket(socket: LiveSocket, deadlineMs: number): Promise<void> {
  const { ws } = socket;
  if (ws.readyState === ws.OPEN) ws.send(reconnectNotification);
  while (ws.readyState !== ws.CLOSED && ws.bufferedAmount > 0 && performance.now() < deadlineMs) {
    await delay(checkMs);
  }
  await closeSocket(socket);
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
