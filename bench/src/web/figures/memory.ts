import { setTimeout as delay } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import type { Stage } from "../stage.ts";

type MemorySample = { minute: number; pageKb: number; workerKb: number };
export type Memory = { minutes: number; samples: MemorySample[] };

const messagesPerSecond = 2;
const samplesInAll = 24;

/** Heaps of page and worker after a garbage collection, while messages arrive in the conversation that is open. */
export async function measureMemory(
  page: Page,
  { chats: [newest], friend, url }: Stage,
  minutes: number,
): Promise<Memory> {
  if (newest === undefined) throw new Error("There is no conversation.");
  await page.goto(`${url}/c/${newest.id}`);
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  const heaps = await watchHeaps(page);
  const samples: MemorySample[] = [];
  const startMs = Date.now();
  const everyMs = (minutes * 60_000) / samplesInAll;
  for (let number = 1; number <= samplesInAll; number += 1) {
    const untilMs = startMs + number * everyMs;
    while (Date.now() < untilMs) {
      await friend.send(newest.id, { text: `Message at ${Date.now()}, one of many that come in this hour` });
      await delay(1_000 / messagesPerSecond);
    }
    samples.push({ minute: (Date.now() - startMs) / 60_000, ...(await heaps.measure()) });
  }
  return { minutes, samples };
}

type Usage = { result: { usedSize: number } };

async function watchHeaps(page: Page): Promise<{ measure(): Promise<Omit<MemorySample, "minute">> }> {
  const session = await page.context().newCDPSession(page);
  const worker = await attachToWorker(session);
  return {
    async measure() {
      await session.send("HeapProfiler.collectGarbage");
      await worker("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      const { result } = (await worker("Runtime.getHeapUsage")) as Usage;
      return { pageKb: usedSize / 1_024, workerKb: result.usedSize / 1_024 };
    },
  };
}

/** Gives what sends a command to the page's worker and resolves with its answer. */
async function attachToWorker(session: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const attached = new Promise<string>((resolve) => {
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      // Not the service worker.
      if (targetInfo.type === "worker") resolve(sessionId);
    });
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  const waiting = new Map<number, (answer: unknown) => void>();
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const answer = JSON.parse(message) as { id?: number };
    waiting.get(answer.id ?? -1)?.(answer);
  });
  let last = 0;
  return (method) => {
    last += 1;
    const answered = new Promise((resolve) => waiting.set(last, resolve));
    return session
      .send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: last, method }) })
      .then(() => answered);
  };
}

/** Kilobytes an hour of a straight line through the second half of the samples (least squares): the first warms up. */
export function growthOf({ samples }: Memory): number {
  const settled = samples.slice(Math.floor(samples.length / 2));
  const points = settled.map(({ minute, pageKb, workerKb }) => ({ x: minute / 60, y: pageKb + workerKb }));
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  return mean(({ x, y }) => (x - meanX) * (y - meanY)) / mean(({ x }) => (x - meanX) ** 2);
}
