import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, sendInApp, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
let folder: string;
/** What the camera of this browser films, read anew each time that the camera is switched on. */
let film: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-camera-"));
  film = join(folder, "film.mjpeg");
  server = await startServerProcess("pglite");
  browser = await launchBrowser([
    "--use-fake-device-for-media-stream",
    // Nobody is there to allow it.
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ]);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function openNew(name: string): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext({ reducedMotion: "reduce", deviceScaleFactor: 2 });
  const page = await openApp(context, server.url);
  const trouble = watchForTrouble(page);
  await signUpInApp(page, name);
  return { page, trouble };
}

async function openPerson(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).getByRole("link").click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
}

/** Films what somebody has on the screen: their code, and what is around it. */
async function filmScreen(page: Page): Promise<void> {
  const box = await page.getByRole("img", { name: /QR code/ }).boundingBox();
  if (box === null) throw new Error("The code is not on the screen.");
  const [width, height] = [320, 240];
  const x = box.x + box.width / 2 - width / 2;
  const y = box.y + box.height / 2 - height / 2;
  await writeFile(film, await page.screenshot({ type: "jpeg", quality: 85, clip: { x, y, width, height } }));
}

/** The states of all that the page has ever switched on. */
async function cameras(page: Page): Promise<string[]> {
  return page.evaluate<string[]>("tracks.map(({ readyState }) => readyState)");
}

async function rememberCameras(page: Page): Promise<void> {
  await page.evaluate(`
    globalThis.tracks = [];
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  `);
}

test("a camera tells the code of the right person from any other, and is on only while it looks", async () => {
  const [ida, oskar, wim] = await Promise.all([openNew("ida"), openNew("oskar"), openNew("wim")]);
  for (const [other, name] of [
    [wim, "wim"],
    [oskar, "oskar"],
  ] as const) {
    await startConversation(ida.page, name);
    await sendInApp(ida.page, "shall we compare?");
    await other.page.getByRole("link", { name: "ida" }).click();
    await openPerson(other.page);
  }
  await openPerson(ida.page);
  const scan = ida.page.getByRole("button", { name: "Scan with the camera" });
  const dialog = ida.page.getByRole("dialog", { name: "Scan the code of oskar" });
  await rememberCameras(ida.page);

  await filmScreen(wim.page);
  await scan.click();
  await dialog.getByText("Not the same number.").waitFor();
  await expect.poll(() => cameras(ida.page)).toEqual(["ended"]);
  expect(await dialog.getByRole("button", { name: "Mark as verified" }).count()).toBe(0);
  await ida.page.keyboard.press("Escape");
  await ida.page.getByText("You have not verified oskar yet.").waitFor();

  // Nothing to be read: the camera looks on, until one closes it.
  await writeFile(
    film,
    await ida.page.screenshot({ type: "jpeg", clip: { x: 0, y: 0, width: 160, height: 120 } }),
  );
  await scan.click();
  await expect.poll(() => cameras(ida.page)).toEqual(["ended", "live"]);
  await dialog.getByText("Bring the code that oskar sees before the camera").waitFor();
  await ida.page.keyboard.press("Escape");
  await expect.poll(() => cameras(ida.page)).toEqual(["ended", "ended"]);
  await scan.click();
  await expect.poll(() => cameras(ida.page)).toEqual(["ended", "ended", "live"]);
  // A headless browser shows every tab, so this one is told that it is hidden.
  await ida.page.evaluate(
    "Object.defineProperty(document, 'hidden', { configurable: true, value: true }); document.dispatchEvent(new Event('visibilitychange')); delete document.hidden",
  );
  await dialog.getByText("The camera went off because you left this page.").waitFor();
  await expect.poll(() => cameras(ida.page)).toEqual(["ended", "ended", "ended"]);

  await filmScreen(oskar.page);
  await dialog.getByRole("button", { name: "Scan again" }).click();
  await dialog.getByText("The same number.").waitFor();
  await expect.poll(() => cameras(ida.page)).toEqual(["ended", "ended", "ended", "ended"]);
  await dialog.getByRole("button", { name: "Mark as verified" }).click();
  await dialog.getByText("You have verified oskar.").waitFor();
  await ida.page.keyboard.press("Escape");
  await ida.page.reload();
  await ida.page.getByText("You have verified oskar.").waitFor();
  expect([...ida.trouble, ...oskar.trouble, ...wim.trouble]).toEqual([]);
});
