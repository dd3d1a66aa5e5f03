import type { Page } from "playwright-core";
import { closePalette, openPalette, type Stage } from "../stage.ts";

const words = 4;
const typedLength = 3;

/** From a key to the messages that answer to what is typed by then: the first three letters of words, then all of it. */
export async function measureSearch(page: Page, { chats }: Stage): Promise<number[]> {
  const times: number[] = [];
  const text = chats.map(({ newestText }) => newestText).join(" ");
  const chosen = [...new Set(text.toLowerCase().match(/[a-z]{7,}/g))].slice(0, words);
  for (const word of chosen) {
    await openPalette(page);
    for (let length = 1; length <= typedLength; length += 1) {
      const painted = page.evaluate((found) => sottoProbe.painted({ found }), word.slice(0, length));
      await page.keyboard.press(word.charAt(length - 1));
      times.push((await painted).sinceInputMs);
    }
    await closePalette(page);
    await openPalette(page);
    const painted = page.evaluate((found) => sottoProbe.painted({ found }), word);
    await page.keyboard.insertText(word);
    times.push((await painted).sinceInputMs);
    await closePalette(page);
  }
  return times;
}
