import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { createCutter, frameText } from "../src/frames.ts";
import { createProxy, type Lane } from "../src/proxy.ts";
import { createRandom } from "../src/random.ts";

/** A server that says everything back, and a lane to it. */
async function openEcho() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  const proxy = createProxy(() => address.port, createRandom(1, "proxy"));
  const lane = await proxy.openLane();
  return {
    proxy,
    lane,
    sockets,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function dial({ url }: Lane): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const closed = new Promise((resolve) => {
    socket.once("close", resolve);
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return { socket, closed };
}

/** Reads until so many bytes are there. */
async function read(socket: Socket, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const [chunk] of on(socket)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks);
}

async function* on(socket: Socket): AsyncGenerator<[Buffer]> {
  for (;;) yield (await once(socket, "data")) as [Buffer];
}

const payload = Buffer.from(Array.from({ length: 40_000 }, (_, index) => index % 251));

for (const how of ["delay", "split", "stall"] as const) {
  test(`${how}: every byte arrives, in order`, async () => {
    await using echo = await openEcho();
    const { socket } = await dial(echo.lane);
    socket.write("hello");
    await read(socket, 5);
    const over = echo.lane.inject(how, 150);
    socket.write(payload);
    expect((await read(socket, payload.length)).equals(payload)).toBe(true);
    await over;
  });
}

test("cut: the connection is reset, the next one works", async () => {
  await using echo = await openEcho();
  const { socket, closed } = await dial(echo.lane);
  socket.write("hello");
  await read(socket, 5);
  await echo.lane.inject("cut", 0);
  await closed;
  expect(echo.proxy.broken).toBe(1);
  const { socket: next } = await dial(echo.lane);
  next.write("again");
  expect((await read(next, 5)).toString()).toBe("again");
});

test("truncate: only a part arrives, then the connection is reset", async () => {
  await using echo = await openEcho();
  const { socket, closed } = await dial(echo.lane);
  socket.write("hello");
  await read(socket, 5);
  await echo.lane.inject("truncate", 0);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(payload.subarray(0, 1_000));
  await closed;
  expect(Buffer.concat(chunks).length).toBeLessThan(1_000);
});

test("dead connections: the old one never answers and never closes, a new one works", async () => {
  await using echo = await openEcho();
  const { socket } = await dial(echo.lane);
  socket.write("hello");
  await read(socket, 5);
  await echo.lane.inject("dead-connections", 0);
  let heard = 0;
  socket.on("data", (chunk) => (heard += chunk.length));
  socket.write("anyone?");
  const { socket: next } = await dial(echo.lane);
  next.write("again");
  expect((await read(next, 5)).toString()).toBe("again");
  expect(heard).toBe(0);
  expect(socket.readyState).toBe("open");
});

test("black hole: new connections open and hear nothing until it is over", async () => {
  await using echo = await openEcho();
  const over = echo.lane.inject("black-hole", 200);
  const { socket } = await dial(echo.lane);
  let heard = 0;
  socket.on("data", (chunk) => (heard += chunk.length));
  socket.write("hello");
  await over;
  expect(heard).toBe(0);
  expect(echo.sockets).toHaveLength(0);
  const { socket: next } = await dial(echo.lane);
  next.write("again");
  expect((await read(next, 5)).toString()).toBe("again");
});

test("half-open: one end hears of the end, the other does not", async () => {
  await using echo = await openEcho();
  const { socket } = await dial(echo.lane);
  socket.write("hello");
  await read(socket, 5);
  const [far] = echo.sockets;
  if (far === undefined) throw new Error("No connection.");
  const ended = new Promise((resolve) => {
    for (const end of [far, socket]) end.once("close", resolve);
  });
  await echo.lane.inject("half-open", 0);
  await ended;
  expect([far.destroyed, socket.destroyed].filter(Boolean)).toHaveLength(1);
});

/** A masked text frame, as clients send them. */
function frame(text: string): Buffer {
  const data = Buffer.from(text);
  const mask = Buffer.from([7, 77, 177, 27]);
  const length =
    data.length < 126 ? [0x80 | data.length] : [0x80 | 126, data.length >> 8, data.length & 0xff];
  const masked = data.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]);
}

const upgrade = Buffer.from("GET /api/ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

test("frames are found whole, however the bytes arrive", () => {
  const texts = ["one", "x".repeat(300), ""];
  const bytes = Buffer.concat(texts.map(frame));
  for (const size of [1, 2, 7, 1_000]) {
    const cutter = createCutter();
    expect(cutter.push(upgrade)).toEqual([upgrade]);
    const frames: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += size)
      frames.push(...cutter.push(bytes.subarray(at, at + size)));
    expect(frames.map(frameText)).toEqual(texts);
    expect(Buffer.concat(frames).equals(bytes)).toBe(true);
  }
});

test("what is not a WebSocket passes as it is", () => {
  const cutter = createCutter();
  const request = Buffer.from("POST /api/trpc HTTP/1.1\r\n\r\n{}");
  expect(cutter.push(request)).toEqual([request]);
  expect(cutter.push(frame("one"))).toEqual([frame("one")]);
});

test("duplicate: a call that sends a message arrives twice, everything else once", async () => {
  await using echo = await openEcho();
  const { socket } = await dial(echo.lane);
  socket.write(upgrade);
  await read(socket, upgrade.length);
  const over = echo.lane.inject("duplicate", 100);
  const send = frame(`{"method":"mutation","params":{"path":"messages.send"}}`);
  const other = frame(`{"method":"mutation","params":{"path":"messages.markRead"}}`);
  socket.write(Buffer.concat([other, send, other]));
  // The second one comes when it likes, also between the others; all are whole.
  const arrived = await read(socket, other.length * 2 + send.length * 2);
  const count = (piece: Buffer) => arrived.toString("latin1").split(piece.toString("latin1")).length - 1;
  expect([count(send), count(other)]).toEqual([2, 2]);
  await over;
});
