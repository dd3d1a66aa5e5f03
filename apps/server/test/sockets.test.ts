import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { holdReadingWhileFull } from "../src/socket/back-pressure.ts";
import { inTurn, LiveSocket } from "../src/socket/live-socket.ts";
import { createReadGate } from "../src/socket/read-gate.ts";

const session = {
  userId: "018f3c6e-0000-7000-8000-00000000000a",
  sessionId: "018f3c6e-0000-7000-8000-00000000000b",
};
const mebibyte = 1024 * 1024;
/** What lies in the buffers of the two kernels is not in ours; this is more than they take. */
const answers = 64;

describe("a socket whose peer does not read", () => {
  let server: WebSocketServer;
  let peer: WebSocket;
  let ws: WebSocket;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    const connected = once(server, "connection") as Promise<[WebSocket]>;
    await once(server, "listening");
    peer = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    [ws] = await connected;
    await once(peer, "open");
  });
  afterEach(() => {
    peer.terminate();
    ws.terminate();
    server.close();
  });

  /** Settles when that many answers have come. */
  function received(count: number): Promise<void> {
    let seen = 0;
    return new Promise((resolve) => {
      peer.on("message", () => {
        seen += 1;
        if (seen === count) resolve();
      });
    });
  }

  it("is not read either, until there is room again", async () => {
    holdReadingWhileFull(ws, createReadGate(ws));
    ws.on("message", () => ws.send(Buffer.alloc(mebibyte)));
    const all = received(answers);
    peer.pause();
    // As large as a frame may be, so that few of them come in one read.
    for (let count = 0; count < answers; count += 1) peer.send(Buffer.alloc(128 * 1024));
    await expect.poll(() => ws.isPaused).toBe(true);
    expect(ws.bufferedAmount).toBeLessThan(8 * mebibyte);
    peer.resume();
    await all;
    await expect.poll(() => ws.isPaused).toBe(false);
  });

  it("is read again only when no reason to wait is left", () => {
    const gate = createReadGate(ws);
    const [one, other] = [gate.hold(), gate.hold()];
    one();
    one();
    expect(ws.isPaused).toBe(true);
    other();
    expect(ws.isPaused).toBe(false);
  });

  it("gets its large answers one after the other, each when there is room", async () => {
    const socket = new LiveSocket(ws, session, 60_000);
    const all = received(answers);
    peer.pause();
    let begun = 0;
    const turns = Array.from({ length: answers }, () =>
      inTurn(socket, async () => {
        begun += 1;
        ws.send(Buffer.alloc(mebibyte));
      }),
    );
    await expect.poll(() => ws.bufferedAmount).toBeGreaterThan(mebibyte);
    expect(ws.bufferedAmount).toBeLessThanOrEqual(3 * mebibyte);
    expect(begun).toBeLessThan(answers);
    peer.resume();
    await Promise.all([...turns, all]);
  });

  it("gets an answer although the one before it failed", async () => {
    const socket = new LiveSocket(ws, session, 60_000);
    const failed = inTurn(socket, () => Promise.reject(new Error("broken")));
    const next = inTurn(socket, async () => "answered");
    await expect(failed).rejects.toThrow("broken");
    expect(await next).toBe("answered");
  });

  it("gets none of them once its session has ended", async () => {
    const socket = new LiveSocket(ws, session, 60_000);
    const waiting = inTurn(socket, async () => "answered");
    socket.revoke();
    await expect(waiting).rejects.toMatchObject({ reason: "session-ended" });
  });

  it.each([
    ["runs out", 1, (): void => {}, "not-signed-in"],
    ["is revoked", 60_000, (socket: LiveSocket) => socket.revoke(), "session-ended"],
  ] as const)(
    "is dead at once when it %s, and cut off a second later",
    async (_, lifetimeMs, end, reason) => {
      peer.pause();
      const closed = once(ws, "close");
      const socket = new LiveSocket(ws, session, lifetimeMs);
      expect(socket.refusal).toBeNull();
      end(socket);
      await expect.poll(() => socket.refusal?.reason).toBe(reason);
      expect(() => socket.extend(60_000)).toThrow(expect.objectContaining({ reason }));
      const endedMs = performance.now();
      await closed;
      expect(performance.now() - endedMs).toBeLessThan(5_000);
    },
  );
});
