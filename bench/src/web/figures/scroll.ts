import type { Page } from "playwright-core";
import type { Stage } from "../stage.ts";

const stepPx = 240;
/** Of turns of the wheel that show nothing new. Long messages take several, and so does a page that is being loaded. */
const mostVain = 100;

/** Scrolls the longest conversation back with the wheel until `messages` have passed. */
export async function measureScrolling(
  page: Page,
  { chats: [, longest], url }: Stage,
  messages: number,
): Promise<{ longFramesMs: number[]; driftsPx: number[] }> {
  if (longest === undefined) return { longFramesMs: [], driftsPx: [] };
  await page.goto(`${url}/c/${longest.id}`);
  await page.evaluate((log) => sottoProbe.painted({ log }), longest.newestText);
  const log = page.getByRole("log", { name: "Messages" });
  const box = await log.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  await page.evaluate(() => sottoProbe.takeLongFrames());
  const driftsPx: number[] = [];
  const passed = new Set<string>();
  let vain = 0;
  while (passed.size < messages) {
    await page.evaluate(() => sottoProbe.markRow());
    await page.mouse.wheel(0, -stepPx);
    const drift = await page.evaluate((moved) => sottoProbe.measureDrift(moved), stepPx);
    if (drift !== null) driftsPx.push(drift);
    const shown = await page.evaluate(() => sottoProbe.listMessages());
    vain = shown.every((text) => passed.has(text)) ? vain + 1 : 0;
    if (vain > mostVain) throw new Error(`The log ended after ${passed.size} messages.`);
    for (const text of shown) passed.add(text);
  }
  return { longFramesMs: await page.evaluate(() => sottoProbe.takeLongFrames()), driftsPx };
}
