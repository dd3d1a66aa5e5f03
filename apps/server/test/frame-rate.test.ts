import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import { FrameRates } from "../src/socket/frame-rate.ts";

function createSocket() {
  const ws = new EventEmitter();
  let holds = 0;
  const gate = {
    hold() {
      holds += 1;
      return () => {
        holds -= 1;
      };
    },
  };
  const send = (count: number) => {
    for (let sent = 0; sent < count; sent += 1) ws.emit("message");
  };
  return { ws: ws as WebSocket, gate, send, isHeld: () => holds > 0 };
}

it("frames of one person count together, over all their sockets and the next one, and those of others do not", () => {
  let nowMs = 0;
  const rates = new FrameRates(() => nowMs);
  const connect = (userId: string) => {
    const socket = createSocket();
    rates.limit(socket.ws, socket.gate, userId);
    return socket;
  };
  const [one, two, quiet, other] = [connect("ada"), connect("ada"), connect("ada"), connect("ben")];
  one.send(300);
  other.send(300);
  two.send(200);
  expect([one, two, quiet, other].map(({ isHeld }) => isHeld())).toEqual([false, false, false, false]);
  two.send(1);
  expect([one, two, quiet, other].map(({ isHeld }) => isHeld())).toEqual([false, true, false, false]);
  for (const { ws } of [one, two, quiet]) ws.emit("close");
  const next = connect("ada");
  next.send(1);
  expect(next.isHeld()).toBe(true);
  nowMs += 1_000;
  const later = connect("ada");
  later.send(200);
  expect(later.isHeld()).toBe(false);
});
