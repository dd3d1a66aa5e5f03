import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openSignedIn } from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";
import { collect, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServerProcess("pglite");
  browser = await launchBrowser();
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  await using cleo = await signUp(server.url, "cleo");
  for (const name of ["ben", "cleo"]) await ada.openDirect(name);
  const chat = await ben.openDirect("ada");
  const arrived = collect(ada, "message");
  await ben.send(chat.id, { text: "The marmalade is on the third shelf." });
  await Promise.all(Array.from({ length: 300 }, (_, index) => ben.send(chat.id, { text: `Line ${index}` })));
  await cleo.send((await cleo.openDirect("ada")).id, { text: "Is there any marmalade left?" });
  await arrived.until(({ length }) => length === 302);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const field = (page: Page) => page.getByRole("combobox", { name: "Search people and messages" });
const options = (page: Page) => page.getByRole("listbox", { name: "Results" }).getByRole("option");

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
}

/** What the palette said of how far it looks, each time that it said something else. */
const recordCoverage = `
  window.covered = [];
  new MutationObserver(() => {
    const progress = document.querySelector('[aria-label="How much is searched"]');
    if (progress) window.covered.push({ text: progress.parentElement.innerText, value: progress.value });
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`;

test("a typo finds; the search says how far back it looks, and jumps to what it found in its place", async () => {
  const page = await openSignedIn(browser, server.url, "ada");
  await page.getByRole("link", { name: "ben" }).waitFor();
  await page.evaluate(recordCoverage);
  await openPalette(page);
  await field(page).fill("marmelade");
  await options(page).filter({ hasText: "third shelf" }).waitFor();
  await page.getByRole("progressbar", { name: "How much is searched" }).waitFor({ state: "detached" });
  const covered = await page.evaluate<{ text: string; value: number }[]>("window.covered");
  expect(covered.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Searched back to .*\d/));
  const values = covered.map(({ value }) => value);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(await page.locator("mark").allInnerTexts()).toEqual(["marmalade", "marmalade"]);

  await options(page).filter({ hasText: "third shelf" }).click();
  const found = log(page).getByRole("article").filter({ hasText: "third shelf" });
  await found.waitFor();
  // It is marked for a moment only: that moment comes first.
  await log(page).locator("[data-shown]").filter({ hasText: "third shelf" }).waitFor();
  await expect.poll(() => focusedWords(page)).toContain("third shelf");
  expect(await staysInSight(page, "third shelf")).toBe(true);
  await log(page).locator("[data-shown]").waitFor({ state: "detached" });
  expect(new URL(page.url()).search).toBe("");
});

/** Whether a message is in sight whole, in each of many frames: rows are measured meanwhile, and others load around it. */
function staysInSight(page: Page, words: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async () => {
    for (let frames = 0; frames < 30; frames += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const log = document.querySelector("[role=log]");
      const found = [...log.querySelectorAll("[data-message]")].find((one) => one.textContent.includes(${JSON.stringify(words)}));
      const [inner, outer] = [found?.getBoundingClientRect(), log.getBoundingClientRect()];
      if (!inner || inner.top < outer.top || inner.bottom > outer.bottom) return false;
    }
    return true;
  })()`);
}

const focusedWords = (page: Page) => page.evaluate<string>("document.activeElement.innerText");

/** A day as the date fields want it, in the browser's own time. */
function day(page: Page, fromToday: number): Promise<string> {
  return page.evaluate<string>(`(() => {
    const now = new Date();
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ${fromToday});
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  })()`);
}

test("a search is narrowed by person and by days, and goes on where the server is gone", async () => {
  // All is read, so that the conversation opens at its end, far from what is jumped to.
  await using tablet = await signIn(server.url, "ada");
  const chat = await tablet.openDirect("ben");
  const [last] = await tablet.history(chat.id, { limit: 1 });
  await tablet.markRead(chat.id, last?.id ?? "");
  const page = await openSignedIn(browser, server.url, "ada");
  await openPalette(page);
  await field(page).fill("marmalade");
  await expect.poll(() => options(page).count(), { timeout: 20_000 }).toBe(2);
  await page.getByRole("button", { name: "Filters" }).click();
  const writtenBy = page.getByRole("combobox", { name: "Written by" });
  await writtenBy.selectOption({ label: "cleo" });
  await expect.poll(() => options(page).allInnerTexts()).toEqual([expect.stringContaining("any marmalade")]);
  await writtenBy.selectOption({ label: "You" });
  await page.getByText("Nothing found").waitFor();
  await writtenBy.selectOption({ label: "Anyone" });
  await expect.poll(() => options(page).count()).toBe(2);

  const [since, until] = [page.getByLabel("Since"), page.getByLabel("Until")];
  const [yesterday, today, tomorrow] = [await day(page, -1), await day(page, 0), await day(page, 1)];
  await since.fill(tomorrow);
  await page.getByText("Nothing found").waitFor();
  await since.fill(today);
  await expect.poll(() => options(page).count()).toBe(2);
  await until.fill(yesterday);
  await page.getByText("Nothing found").waitFor();
  await until.fill(today);
  await expect.poll(() => options(page).count()).toBe(2);

  await page.keyboard.press("Escape");
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await server.stop();
  await page.reload();
  await page.getByRole("link", { name: "ben" }).waitFor();
  await openPalette(page);
  await field(page).fill("shelf");
  await options(page).filter({ hasText: "third shelf" }).click();
  await log(page).getByText("third shelf").waitFor();
  await expect.poll(() => focusedWords(page)).toContain("third shelf");
  expect(await staysInSight(page, "third shelf")).toBe(true);
});
