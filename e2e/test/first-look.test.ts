import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openApp, openConversation, signInInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";
import { collect, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServerProcess("postgres");
  browser = await launchBrowser();
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const arrived = collect(ben, "message");
  await Promise.all(
    Array.from({ length: 80 }, (_, index) =>
      ada.send(chat.id, { text: `Letter ${index}. ${"It goes on for a while. ".repeat(index % 7)}` }),
    ),
  );
  await arrived.until(({ length }) => length === 80);
  await ben.markRead(chat.id, arrived.seen.at(-1)?.id ?? "");
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Adds up what moved without anybody having pressed or typed something just before. */
const addUpShifts = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });`;

test("nothing moves under the eyes of whoever starts, opens a conversation or the settings, wide and on a phone", async () => {
  const openEmpty = async (width: number) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    await context.addInitScript(addUpShifts);
    return openApp(context, server.url);
  };
  const takeShift = async (page: Page) => {
    // What is still coming comes with the fonts and within the next frames.
    await page.evaluate(
      "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))",
    );
    return page.evaluate<number>("window.shifted");
  };
  const phone = await openEmpty(390);
  const page = await openEmpty(1280);
  for (const one of [phone, page]) {
    await one.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await takeShift(one), "cold start").toBeLessThanOrEqual(0.05);
  }

  await signInInApp(page, "ben");
  await openConversation(page, "ada");
  await log(page).getByText("Letter 79.").waitFor();
  const conversation = page.url();
  // Without a press, which would excuse everything for half a second.
  const go = (path: string) => page.evaluate(`history.pushState(null, "", ${JSON.stringify(path)});`);
  // Each start counts anew, so what a change of width moves does not count.
  const start = async (width: number, address: string) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address);
  };
  for (const width of [1280, 390]) {
    await start(width, server.url);
    await page.getByRole("link", { name: /ada/ }).waitFor();
    expect(await takeShift(page), `${width}: warm start with the list`).toBeLessThanOrEqual(0.05);
    await go(new URL(conversation).pathname);
    await log(page).getByText("Letter 79.").waitFor();
    expect(await takeShift(page), `${width}: opening a conversation`).toBeLessThanOrEqual(0.05);
    await go("/settings");
    await page.getByText("This browser", { exact: false }).first().waitFor();
    expect(await takeShift(page), `${width}: opening the settings`).toBeLessThanOrEqual(0.05);

    await start(width, conversation);
    await log(page).getByText("Letter 79.").waitFor();
    expect(await takeShift(page), `${width}: warm start with a conversation`).toBeLessThanOrEqual(0.05);
    await start(width, `${server.url}/settings`);
    await page.getByText("This browser", { exact: false }).first().waitFor();
    expect(await takeShift(page), `${width}: warm start with the settings`).toBeLessThanOrEqual(0.05);
  }
});

type Manifest = {
  name: string;
  start_url: string;
  scope: string;
  display: string;
  icons: { src: string; type: string; sizes: string; purpose: string }[];
};

test("the app can be installed: its manifest is linked, and its icons are what they are said to be", async () => {
  const page = await openApp(await browser.newContext(), server.url);
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await page.request.get(`${server.url}${href}`);
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = (await answer.json()) as Manifest;
  expect(manifest).toMatchObject({ name: "Sotto", scope: "/", display: "standalone" });
  const start = await page.request.get(new URL(manifest.start_url, server.url).href);
  expect(start.headers()["content-type"]).toContain("text/html");

  const sizes: string[] = [];
  for (const icon of manifest.icons) {
    const file = await page.request.get(new URL(icon.src, server.url).href);
    expect(file.headers()["content-type"], icon.src).toContain(icon.type);
    const loaded = await page.evaluate<string>(`new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image.naturalWidth + "x" + image.naturalHeight);
      image.onerror = () => reject(new Error("not an image"));
      image.src = ${JSON.stringify(icon.src)};
    })`);
    // A drawing has no size of its own.
    expect(icon.sizes === "any" ? "any" : loaded, icon.src).toBe(icon.sizes);
    sizes.push(`${icon.purpose} ${icon.sizes}`);
  }
  // What Chromium asks of an app before it offers to install it.
  expect(sizes).toEqual(expect.arrayContaining(["any 192x192", "any 512x512", "maskable 512x512"]));
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
});
