import { password } from "@sotto/e2e/people";
import { readerName, type Stage } from "../stage.ts";

/**
 * From the submitted password to the newest conversation, where that is what the address names. Its log shows nothing
 * before it has a whole page of sixty messages.
 */
export async function measureSignIn({ url, chats: [newest], openBrowser }: Stage): Promise<number[]> {
  if (newest === undefined) return [];
  const context = await openBrowser();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/c/${newest.id}`);
    await page.getByRole("textbox", { name: "Username" }).fill(readerName);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    const painted = page.evaluate((log) => sottoProbe.painted({ log }), newest.newestText);
    await page.getByRole("button", { name: "Sign in" }).click();
    return [(await painted).sinceInputMs];
  } finally {
    await context.close();
  }
}
