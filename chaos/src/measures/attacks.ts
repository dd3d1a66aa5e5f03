/** One attack on each cap of a socket. Each goes on for its time, as fast as the server lets it. */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { limits } from "@sotto/protocol";
import { WebSocket } from "ws";
import { type LargeSend, makeLargeFrame } from "./large-sends.ts";
import { callFrame, openSocket } from "./raw-socket.ts";

export const attackNames = ["subscriptions", "batch", "frame", "rate", "sends", "upgrades"] as const;
export type AttackName = (typeof attackNames)[number];

export type AttackTask = {
  name: AttackName;
  url: string;
  accessToken: string;
  forMs: number;
  largeSend: LargeSend;
};
export type FromAttacker = { outcome: string; attempts: number };

type Attempt = (task: AttackTask, endMs: number) => Promise<string>;

/** An attacker who is closed comes back as fast as this. */
const againMs = 20;
/** Frames that a socket may send, and some for the clock. */
const maxPerSecond = 300;
const answerTimeoutMs = 5_000;

const attempts: Record<AttackName, Attempt> = {
  /** More subscriptions than a socket may have. */
  async subscriptions({ url, accessToken }) {
    const socket = await openSocket(url, accessToken);
    const frames = Array.from({ length: limits.subscriptionsPerSocket + 1 }, (_, index) =>
      callFrame(index, "subscription", "feed.subscribe", { cursor: "0" }),
    );
    return ending(socket, () => frames.forEach((frame) => socket.send(JSON.stringify(frame))));
  },
  /** More calls in one frame than there may be. */
  async batch({ url, accessToken }) {
    const socket = await openSocket(url, accessToken);
    const calls = Array.from({ length: 500 }, (_, index) => callFrame(index, "query", "feed.head"));
    return ending(socket, () => socket.send(JSON.stringify(calls)));
  },
  /** A frame of ten times the size that a frame may have. */
  async frame({ url, accessToken }) {
    const socket = await openSocket(url, accessToken);
    return ending(socket, () => socket.send("x".repeat(limits.frameMaxBytes * 10)));
  },
  /** Calls without an end: paused where what is sent stays behind in the sender's own buffers. */
  async rate({ url, accessToken }, endMs) {
    const socket = await openSocket(url, accessToken);
    const ended: string[] = [];
    let answered = 0;
    socket.on("close", (code) => ended.push(`closed: ${code}`));
    const startMs = Date.now();
    const settledMs = startMs + (endMs - startMs) / 2;
    socket.on("message", () => (answered += Date.now() > settledMs ? 1 : 0));
    const frame = JSON.stringify(callFrame(1, "query", "feed.head"));
    while (Date.now() < endMs && ended.length === 0) {
      for (let count = 0; count < 100 && socket.bufferedAmount < 1024 * 1024; count += 1) {
        socket.send(frame);
      }
      await delay(1);
    }
    const heldBack = socket.bufferedAmount > 0;
    socket.terminate();
    // What was sent before the first pause is answered in the first half.
    const perSecond = Math.round(answered / ((endMs - settledMs) / 1_000));
    return ended[0] ?? (heldBack && perSecond <= maxPerSecond ? "paused" : `answered ${perSecond} a second`);
  },
  /** Calls that store as much as a frame may carry, as fast as they are taken. */
  async sends({ url, accessToken, largeSend }, endMs) {
    const socket = await openSocket(url, accessToken);
    const ended: string[] = [];
    const refused = new Set<string>();
    let stored = 0;
    socket.on("close", (code) => ended.push(`closed: ${code}`));
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      if (text === "PING") socket.send("PONG");
      else if (text.includes('"stored"') && !text.includes('"refused"')) stored += 1;
      else refused.add(/"reason":"([\w-]+)"/.exec(text)?.[1] ?? "unknown");
    });
    for (let id = 1; Date.now() < endMs && ended.length === 0;) {
      for (; socket.bufferedAmount < 1024 * 1024; id += 1) socket.send(makeLargeFrame(largeSend, id));
      await delay(1);
    }
    const heldBack = socket.bufferedAmount > 0;
    socket.terminate();
    const [reason] = refused;
    if (reason !== undefined) return `refused: ${reason}`;
    return ended[0] ?? (heldBack && stored > 0 ? "paused" : `stored ${stored}, never held back`);
  },
  /** Upgrades with a token that is none. */
  async upgrades({ url }) {
    const outcomes = Array.from({ length: 20 }, async () => {
      const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/ws?token=none`);
      socket.on("error", () => undefined);
      return new Promise<string>((resolve) => {
        socket.on("unexpected-response", (_, response) => {
          response.resume();
          socket.terminate();
          resolve(`refused: ${response.statusCode}`);
        });
        socket.on("open", () => resolve("accepted"));
        socket.on("close", (code) => resolve(`closed: ${code}`));
      });
    });
    const [first = "nothing"] = await Promise.all(outcomes);
    return first;
  },
};

export async function runAttack(task: AttackTask): Promise<FromAttacker> {
  const endMs = Date.now() + task.forMs;
  const counts = new Map<string, number>();
  let total = 0;
  while (Date.now() < endMs) {
    const outcome = await attempts[task.name](task, endMs);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    total += 1;
    await delay(againMs);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return { outcome: most?.[0] ?? "nothing", attempts: total };
}

/** What becomes of a socket after `strike`: its close, or nothing. */
async function ending(socket: WebSocket, strike: () => void): Promise<string> {
  const settled = new AbortController();
  const outcome = new Promise<string>((resolve) => {
    socket.on("close", (code) => resolve(`closed: ${code}`));
  });
  strike();
  const timeout = delay(answerTimeoutMs, "nothing happened", { signal: settled.signal }).catch(() => "");
  const result = await Promise.race([outcome, timeout]);
  settled.abort();
  const gone = socket.readyState === socket.CLOSED ? Promise.resolve() : once(socket, "close");
  socket.terminate();
  await gone;
  return result;
}
