import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { drainSockets } from "../src/socket/drain.ts";
import { LiveSocket } from "../src/socket/live-socket.ts";

const session = { userId: "u", sessionId: "s" };

/** More than the system takes for a peer that does not read. */
const muchText = "x".repeat(16 * 1024 * 1024);

test("who reads slowly holds up nobody else's return, and still gets everything", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const connect = async () => {
    const arrived = once(server, "connection");
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const closed = once(client, "close");
    const [ws] = (await arrived) as [WebSocket];
    await once(client, "open");
    const received: string[] = [];
    client.on("message", (data: Buffer) => received.push(data.toString()));
    return { client, closed, received, live: new LiveSocket(ws, session, 60_000) };
  };
  const slow = await connect();
  const quick = await connect();
  slow.client.pause();
  slow.live.ws.send(muchText);
  quick.live.ws.send("a few words");

  const drained = drainSockets([slow.live, quick.live], 60_000);
  expect((await quick.closed)[0]).toBe(1012);
  expect(quick.received).toEqual(["a few words", expect.stringContaining("reconnect")]);
  expect(slow.live.ws.readyState).toBe(WebSocket.OPEN);

  slow.client.resume();
  expect((await slow.closed)[0]).toBe(1012);
  expect(slow.received.map(({ length }) => length)).toEqual([muchText.length, expect.any(Number)]);
  await drained;
  server.close();
});
