import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openApp, sendInApp, signInInApp, signUpInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { password, type Person, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
let ben: Person;
beforeAll(async () => {
  server = await startServerProcess("pglite");
  browser = await launchBrowser();
  ben = await signUp(server.url, "ben");
});
afterAll(async () => {
  await ben.close();
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function openNew(name: string) {
  const context = await browser.newContext({ reducedMotion: "reduce", acceptDownloads: true });
  const page = await openApp(context, server.url);
  const trouble = watchForTrouble(page);
  const recoveryKey = await signUpInApp(page, name);
  return { context, page, trouble, recoveryKey };
}

const openSettings = (page: Page) => page.getByRole("link", { name: "Settings" }).click();

/** Ben writes, and it is on the screen of whoever is called `name`. */
async function hearFromBen(page: Page, name: string, texts: string[]): Promise<void> {
  const chat = await ben.openDirect(name);
  for (const text of texts) await ben.send(chat.id, { text });
  await page.getByRole("link", { name: "ben" }).click();
  await log(page)
    .getByText(texts.at(-1) ?? "")
    .waitFor();
}

test("the language is changed for good, and turns the page around", async () => {
  const { page, trouble } = await openNew("amal");
  await openSettings(page);
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "العربية" });
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  expect(await page.evaluate("document.documentElement.dir + document.documentElement.lang")).toBe("rtlar");
  expect(trouble).toEqual([]);
});

test("the recovery key is checked and renewed, the account deleted, and others keep what they were sent", async () => {
  const { context, page, trouble, recoveryKey } = await openNew("noa");
  await hearFromBen(page, "noa", ["will this stay?"]);
  await sendInApp(page, "yes, for you");
  await log(page).getByText("Delivered").waitFor({ state: "attached" });
  await openSettings(page);
  const check = async (key: string) => {
    await page.getByRole("button", { name: "Check the recovery key" }).click();
    await page.getByRole("textbox", { name: "Recovery key" }).fill(key);
    await page.getByRole("button", { name: "Check the recovery key" }).click();
  };
  await check(recoveryKey.replaceAll(/\s/g, ""));
  await page.getByText("This is your recovery key.").waitFor();

  const beginRenewal = async () => {
    await page.getByRole("button", { name: "Make a new one" }).click();
    await page.getByText("Save this new key first.").waitFor();
    return page.getByLabel("Recovery key", { exact: true }).innerText();
  };
  const replace = page.getByRole("button", { name: "Replace the old one" });
  const abandoned = await beginRenewal();
  // A page that is closed now changes nothing.
  await page.reload();
  await check(recoveryKey.replaceAll(/\s/g, ""));
  await page.getByText("This is your recovery key.").waitFor();
  const renewed = await beginRenewal();
  expect(new Set([recoveryKey, abandoned, renewed]).size).toBe(3);
  await page.getByLabel("Current password").fill(password);
  expect(await replace.isDisabled()).toBe(true);
  await page.getByRole("checkbox", { name: "I have saved it" }).check();
  // The server does it, and nobody hears of it.
  await context.route(
    /auth\.renewRecoveryKey/,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await replace.click();
  await page.getByText("The server can't be reached").waitFor();
  await replace.click();
  await page.getByText("The new recovery key counts now.").waitFor();
  await check(recoveryKey.replaceAll(/\s/g, ""));
  await page.getByText("This is not a recovery key of this account.").waitFor();
  await page.getByRole("textbox", { name: "Recovery key" }).fill(renewed);
  await page.getByRole("button", { name: "Check the recovery key" }).click();
  await page.getByText("This is your recovery key.").waitFor();

  await page.getByRole("button", { name: "Delete the account" }).click();
  await page.getByLabel("Current password").fill(password);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await expect
    .poll(async () => (await ben.conversations()).map(({ peer }) => peer.username))
    .toContainEqual(expect.stringMatching(/^deleted\./));
  const left = (await ben.conversations()).find(({ peer }) => peer.username.startsWith("deleted."));
  expect((await ben.history(left?.id ?? "")).map(({ text }) => text)).toEqual([
    "yes, for you",
    "will this stay?",
  ]);
  // The check of the old key was refused and an answer was lost, and the browser says so.
  expect(trouble.filter((line) => !/401|ERR_FAILED/.test(line))).toEqual([]);
});

test("any word that was written is found, and opened where it stands; everything is exported", async () => {
  const { page, trouble } = await openNew("sina");
  await hearFromBen(page, "sina", ["The cover is the right green.", "Coffee before?"]);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search people and messages" });
  await field.fill("gre");
  await page.getByRole("option", { name: /right green/ }).waitFor();
  expect(await page.locator("mark").innerText()).toBe("green");
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("combobox", { name: "Written by" }).selectOption({ label: "You" });
  await page.getByText("Nothing found").waitFor();
  await page.getByRole("combobox", { name: "Written by" }).selectOption({ label: "ben" });
  await page.getByRole("option", { name: /right green/ }).click();
  await page.waitForURL(/\/c\/[^?]+/);
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await openSettings(page);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "As data (JSON)" }).click();
  const exported = await readFile(await (await downloading).path(), "utf8");
  expect(JSON.stringify(JSON.parse(exported))).toContain("The cover is the right green.");
  expect(trouble).toEqual([]);
});

test("what a browser erased comes back by signing in", async () => {
  const { context, page } = await openNew("evi");
  await hearFromBen(page, "evi", ["still here"]);
  await page.close();
  await eraseDatabases(context);
  const again = await openApp(context, server.url);
  await again.getByText("This browser has erased what Sotto kept here").waitFor();
  expect(await again.getByRole("textbox", { name: "Username" }).inputValue()).toBe("evi");
  await signInInApp(again, "evi");
  await again.getByRole("link", { name: "ben" }).click();
  await log(again).getByText("still here").waitFor();
});

/** From a page of the same origin that opens none of them. */
async function eraseDatabases(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${server.url}/icon.svg`);
  await page.evaluate(`indexedDB.databases().then((all) => Promise.all(all.map(({ name }) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = resolve;
      request.onerror = reject;
    }))))`);
  await page.close();
}
