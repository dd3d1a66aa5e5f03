import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atMostEvery } from "../src/at-most-every.ts";
import { impatient } from "../src/socket.ts";
import { watchSockets } from "../src/socket-watch.ts";
import { fakeBase, FakeSocket } from "./fake-socket.ts";

beforeEach(() => {
  vi.useFakeTimers();
  // Node 20 has none.
  vi.stubGlobal("CloseEvent", Event);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function create(Class: typeof WebSocket): FakeSocket {
  return new Class("ws://example.org") as unknown as FakeSocket;
}

function listen(socket: FakeSocket): string[] {
  const seen: string[] = [];
  for (const type of ["open", "message", "error", "close"]) {
    socket.addEventListener(type, () => seen.push(type));
  }
  return seen;
}

test("a socket whose peer does not answer the close is closed after a second, and says so once", () => {
  const socket = create(impatient(fakeBase));
  const seen = listen(socket);
  socket.becomeOpen();
  socket.close();
  vi.advanceTimersByTime(1_000);
  expect(seen).toEqual(["open", "close"]);
  socket.hear("late");
  socket.becomeClosed();
  expect(seen).toEqual(["open", "close"]);
});

test("a socket that does not open is given up, whatever comes of it later", () => {
  const socket = create(impatient(fakeBase));
  const seen = listen(socket);
  vi.advanceTimersByTime(8_000);
  expect(seen).toEqual(["error", "close"]);
  socket.becomeOpen();
  socket.becomeClosed();
  expect(seen).toEqual(["error", "close"]);
});

function watched() {
  const watch = watchSockets(fakeBase, { everyMs: 6_000, answerMs: 3_000 });
  const socket = create(watch.Watched);
  socket.becomeOpen();
  return { watch, socket };
}

test("the connection is open as long as one of its sockets is", () => {
  const { watch, socket: first } = watched();
  const second = create(watch.Watched);
  expect(watch.isOpen).toBe(true);
  second.becomeOpen();
  first.becomeClosed();
  expect(watch.isOpen).toBe(true);
  second.becomeClosed();
  expect(watch.isOpen).toBe(false);
});

test("a socket is asked again and again, and closed where nothing comes", () => {
  const { socket } = watched();
  vi.advanceTimersByTime(6_000);
  expect(socket.sent).toEqual(["PING"]);
  socket.hear("PONG");
  vi.advanceTimersByTime(6_000);
  expect(socket.sent).toEqual(["PING", "PING"]);
  vi.advanceTimersByTime(2_999);
  expect(socket.readyState).toBe(FakeSocket.OPEN);
  vi.advanceTimersByTime(1);
  expect(socket.readyState).toBe(FakeSocket.CLOSING);
});

test("whatever arrives is an answer: on a slow link the awaited one comes behind much else", () => {
  const { socket } = watched();
  vi.advanceTimersByTime(6_000);
  for (let second = 0; second < 30; second += 2) {
    vi.advanceTimersByTime(2_000);
    socket.hear("a batch of the feed");
  }
  expect(socket.readyState).toBe(FakeSocket.OPEN);
});

test("a socket that is asked has three seconds, however often it is asked", () => {
  const { watch, socket } = watched();
  for (let second = 0; second < 3; second += 1) {
    watch.ask();
    vi.advanceTimersByTime(1_000);
  }
  expect(socket.sent).toEqual(["PING"]);
  expect(socket.readyState).toBe(FakeSocket.CLOSING);
});

test("what is asked for often happens at once and then at intervals, the last time included", () => {
  let count = 0;
  const { ask } = atMostEvery(2_000, () => (count += 1));
  for (let index = 0; index < 10; index += 1) ask();
  expect(count).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(count).toBe(2);
  vi.advanceTimersByTime(10_000);
  expect(count).toBe(2);
  ask();
  expect(count).toBe(3);
});
