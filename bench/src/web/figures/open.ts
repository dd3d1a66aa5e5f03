import type { Page } from "playwright-core";
import type { Stage } from "../stage.ts";

const samples = 8;

/** From the click in the list to its newest messages, for conversations that were not open since the app started. */
export async function measureOpening(page: Page, { chats }: Stage): Promise<number[]> {
  const times: number[] = [];
  for (const chat of chats.slice(2, 2 + samples)) {
    const painted = page.evaluate((log) => sottoProbe.painted({ log }), chat.newestText);
    await page
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: chat.peer, exact: true })
      .click();
    times.push((await painted).sinceInputMs);
  }
  return times;
}
