import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ExportRecord } from "@sotto/client";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptRequest,
  beginSignUpInApp,
  log,
  openApp,
  sendInApp,
  signInInApp,
  signUpInApp,
} from "../src/app.ts";
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
  await acceptRequest(page);
}

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

test("any word that was written is found, and opened where it stands; everything is exported, and comes back", async () => {
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
  expect(exported).toContain("The cover is the right green.");

  const records = JSON.parse(exported) as ExportRecord[];
  const last = records.at(-1);
  if (last?.kind !== "message") throw new Error("The export ends with no message.");
  const lost = {
    ...last.message,
    id: randomUUID(),
    text: "A *heron*, long ago.",
    createdAt: "2020-01-01T12:00:00.000000Z",
  };
  await importFile(page, [...records, { kind: "message", message: lost }]);
  await page.getByText("1 message was imported. 2 were here already.").waitFor();
  const sinasId = records[0]?.kind === "account" ? records[0].user.id : "";
  const foreign = exported.replaceAll('"sina"', '"rosa"').replaceAll(sinasId, randomUUID());
  await importFile(page, JSON.parse(foreign));
  await page.getByText("This is the export of somebody else.").waitFor();
  await page.getByRole("link", { name: "ben" }).click();
  const imported = log(page).getByRole("article").first();
  await imported.getByText("heron").waitFor();
  await imported.click({ button: "right" });
  expect(await page.getByRole("menuitem", { name: "Reply" }).count()).toBe(0);
  await page.getByRole("menuitem", { name: "Details" }).click();
  await page.getByText("nothing but that file says who wrote it").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await field.fill("hero");
  await page.getByRole("option", { name: /long ago/ }).waitFor();
  expect(trouble).toEqual([]);
});

async function importFile(page: Page, records: unknown): Promise<void> {
  const buffer = Buffer.from(JSON.stringify(records));
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "sotto-export.json", mimeType: "application/json", buffer });
}

test("what a browser erases, while the app is open or closed, is noticed, and comes back by signing in", async () => {
  const { context, page } = await openNew("evi");
  await hearFromBen(page, "evi", ["still here"]);
  const signInAgain = async (erased: Page) => {
    await erased.getByText("This browser has erased what Sotto kept here").waitFor();
    expect(await erased.getByRole("textbox", { name: "Username" }).inputValue()).toBe("evi");
    await signInInApp(erased, "evi");
    await log(erased).getByText("still here").waitFor();
  };
  await eraseDatabases(context);
  await signInAgain(page);
  // As the browser does it itself, which closes the database without asking.
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "indexeddb" });
  await signInAgain(page);
  const conversation = page.url();
  await page.close();
  await eraseDatabases(context);
  await signInAgain(await openApp(context, conversation));
});

test("who leaves while the recovery key is shown is asked for it at the next start", async () => {
  const page = await openApp(await browser.newContext(), server.url);
  // The page asks whether one means it.
  page.on("dialog", (dialog) => void dialog.accept());
  await beginSignUpInApp(page, "ivo");
  await page.reload();
  await page.getByText("Is your recovery key still where you can find it?").waitFor();
  expect(await page.title()).toBe("Conversations · Sotto");

  await page.goto(`${server.url}/settings/server`);
  await page.getByRole("heading", { name: "retired_names" }).waitFor();
  const unexplained = await page
    .getByRole("main")
    .getByRole("heading", { level: 2 })
    .evaluateAll((headings) =>
      headings
        .filter((heading) => heading.parentElement?.querySelectorAll(":scope > p").length !== 2)
        .map((heading) => heading.textContent),
    );
  expect(unexplained).toEqual([]);
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
