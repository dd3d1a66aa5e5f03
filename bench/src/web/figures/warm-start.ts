import type { Stage } from "../stage.ts";

/** From the begin of the navigation, on a device that has everything, to the conversation that was open last. */
export async function measureWarmStart({ url, chats: [newest], device }: Stage): Promise<number[]> {
  if (newest === undefined) return [];
  const page = await device.newPage();
  try {
    await page.goto(`${url}/c/${newest.id}`, { waitUntil: "commit" });
    const painted = await page.evaluate((log) => sottoProbe.painted({ log }), newest.newestText);
    return [painted.sinceNavigationMs];
  } finally {
    await page.close();
  }
}
