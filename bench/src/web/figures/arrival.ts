import { setTimeout as delay } from "node:timers/promises";
import type { Page, Worker } from "playwright-core";
import type { Stage } from "../stage.ts";

const samples = 10;

/** From the frame of the WebSocket, as the worker is given it, to the paint in the conversation, which is open. */
export async function measureArrival(page: Page, { chats: [newest], friend, url }: Stage): Promise<number[]> {
  if (newest === undefined) return [];
  await page.goto(`${url}/c/${newest.id}`);
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  const worker = await findMessengerWorker(page);
  await worker.evaluate(watchFrames);
  const times: number[] = [];
  for (let number = 0; number < samples; number += 1) {
    const text = `Arrival ${number} at ${Date.now()}`;
    const painted = page.evaluate((log) => sottoProbe.painted({ log }), text);
    await friend.send(newest.id, { text });
    const { atMs } = await painted;
    times.push(atMs - (await worker.evaluate(() => messageFrameAtMs)));
    // Receipts go back and forth: what is measured next shall not wait for them.
    await delay(300);
  }
  return times;
}

declare global {
  /** When the last frame with a message came in; since 1970. */
  // oxlint-disable-next-line no-var, vars-on-top -- how a global is declared
  var messageFrameAtMs: number;
}

/** The one with a WebSocket; runs in the worker, without anything from outside itself. */
function watchFrames(): void {
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
  Object.defineProperty(MessageEvent.prototype, "data", {
    configurable: true,
    get(this: MessageEvent): unknown {
      const value = data?.get?.call(this) as unknown;
      if (
        this.target instanceof WebSocket &&
        typeof value === "string" &&
        value.includes('"kind":"message"')
      ) {
        globalThis.messageFrameAtMs = performance.timeOrigin + this.timeStamp;
      }
      return value;
    },
  });
}

async function findMessengerWorker(page: Page): Promise<Worker> {
  const [worker] = page.workers();
  return worker ?? (await page.waitForEvent("worker"));
}
