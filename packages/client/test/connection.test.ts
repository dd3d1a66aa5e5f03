import { once } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeCodes } from "@sotto/protocol";
import { connectTo, startFakeServer } from "./fake-server.ts";

// For what hangs, not for what is slow: the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

let server: Awaited<ReturnType<typeof startFakeServer>>;
beforeEach(async () => {
  server = await startFakeServer();
});
afterEach(() => {
  vi.restoreAllMocks();
  server.close();
});

test("a server that asks to come again and lingers on the old socket leaves the connection online", async () => {
  const { connection, socketApi, states } = await connectTo(server.url);
  await server.until(() => server.sockets.length === 1);
  await connection.online();
  const [old] = server.sockets;
  if (old === undefined) throw new Error("no socket");
  const closed = once(old, "close");
  old.send(JSON.stringify({ id: null, method: "reconnect" }));
  await closed;
  expect(server.sockets).toHaveLength(2);
  await socketApi.signals.typing.mutate({ conversationId: "c" });
  expect(connection.state).toBe("online");
  expect(states).toEqual(["online"]);
  await connection.close();
});

test("a lost socket is said, and so is the next one", async () => {
  const { connection, states, onlines } = await connectTo(server.url);
  await connection.online();
  server.sockets[0]?.terminate();
  await server.until(() => server.sockets.length === 2);
  await connection.online();
  expect(states).toEqual(["online", "connecting", "online"]);
  expect(onlines()).toBe(2);
  await connection.close();
});

test("a live socket is extended with a fresh token, and nobody sees anything of it", async () => {
  const { connection, states } = await connectTo(server.url, { extendEveryMs: 30 });
  await server.until(() => server.calls.length === 3);
  expect(server.calls.slice(0, 3)).toEqual(
    [1, 2, 3].map((number) => ({ path: "auth.extend", input: { accessToken: `token-${number}` } })),
  );
  expect(server.sockets).toHaveLength(1);
  expect(states).toEqual(["online"]);
  await connection.close();
});

test("told that its token has run out, it comes back with a fresh one", async () => {
  const { connection, shown, ended } = await connectTo(server.url);
  await connection.online();
  server.sockets[0]?.close(closeCodes.tokenExpired);
  await server.until(() => server.sockets.length === 2);
  expect(shown).toEqual(["token-0", "token-1"]);
  expect(ended()).toBe(0);
  await connection.close();
});

test("told that its session is over, it does not come back", async () => {
  const { connection, shown, ended, left } = await connectTo(server.url);
  await connection.online();
  server.sockets[0]?.close(closeCodes.sessionRevoked);
  await left;
  expect([ended(), shown.length, server.sockets.length]).toEqual([1, 1, 1]);
});

test("accepted and cut again and again it waits longer each time, until a connection has held", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const times: number[] = [];
  let laterMs = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + laterMs);
  server.onAccept((ws) => {
    times.push(now());
    if (times.length < 3) ws.close();
  });
  const { connection } = await connectTo(server.url);
  await server.until(() => times.length === 3);
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThan(380);
  expect(third - second).toBeGreaterThan(780);
  await connection.online();
  laterMs = 11_000;
  server.sockets[2]?.close();
  await server.until(() => times.length === 4);
  // Not the 1,600 ms that would have come next.
  expect((times[3] ?? 0) - third).toBeLessThan(1_500);
  await connection.close();
});

test("woken up, it does not wait for its next attempt", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1_000);
  const { connection, emitter } = await connectTo(server.url);
  await connection.online();
  const lost = new Promise<void>((resolve) => {
    emitter.on("connection", () => resolve());
  });
  server.sockets[0]?.close();
  await lost;
  connection.wake();
  await server.until(() => server.sockets.length === 2);
  await connection.close();
});
