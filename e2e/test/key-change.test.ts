import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptRequest, log, openApp, sendInApp, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

let server: ServerProcess;
let browser: TestBrowser;
let ada: Page;
let ben: Page;
const trouble: string[][] = [];
beforeAll(async () => {
  server = await startServerProcess("postgres");
  browser = await launchBrowser();
  [ada, ben] = await Promise.all([openNew("ada"), openNew("ben")]);
  await startConversation(ada, "ben");
  await sendInApp(ada, "before");
  await ben.getByRole("link", { name: "ada" }).click();
  await acceptRequest(ben);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function openNew(name: string): Promise<Page> {
  const page = await openApp(await browser.newContext({ reducedMotion: "reduce" }), server.url);
  trouble.push(watchForTrouble(page));
  await signUpInApp(page, name);
  return page;
}

/** Gives the key that was there before. */
async function changeKey(of: string, publicKey = encodeBase64(generateKeyPair().publicKey)): Promise<string> {
  const [row] = await tamper(
    server,
    sql<{ before: string }>`update users set public_key = ${publicKey} from users before
      where before.id = users.id and users.username = ${of} returning before.public_key as before`,
  );
  return row?.before ?? "";
}

/** Who looks somebody up is told their key by the server. */
async function lookUp(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.getByRole("textbox", { name: "Find people" }).fill(name);
  await page.getByRole("dialog").getByText(name, { exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

async function acceptWithoutComparing(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Accept without comparing" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept this key" }).click();
}

test("a changed key is a line where it happened, and nobody who was not verified is kept from writing", async () => {
  const before = await changeKey("ada");
  await lookUp(ben, "ada");
  const change = log(ben).getByText("The key of ada has changed.");
  await change.waitFor();
  await field(ben).waitFor();
  const lines = await log(ben).innerText();
  expect(lines.indexOf("before")).toBeLessThan(lines.indexOf("The key of ada"));

  await log(ben).getByRole("link", { name: "Compare your safety number" }).click();
  await ben.getByText("The key of ada has changed since you first met.").waitFor();
  await acceptWithoutComparing(ben);
  await ben.getByText("You have not verified ada yet.").waitFor();
  await changeKey("ada", before);
  await ben.getByRole("link", { name: "Back to the conversation" }).click();
  await change.waitFor();
  expect(trouble.flat()).toEqual([]);
});

test("a changed key stops writing to a verified person, until that one key is accepted or the first is back", async () => {
  const changes = log(ada).getByText("The key of ben has changed.");
  const stop = ada.getByRole("region", { name: "Nothing is sent" });
  await ada.getByRole("heading", { level: 1 }).getByRole("link").click();
  await ada.getByRole("button", { name: "Mark as verified" }).click();
  await ada.getByText("You have verified ben.").waitFor();
  await ada.getByRole("link", { name: "Back to the conversation" }).click();
  await field(ada).waitFor();
  expect(await changes.count()).toBe(0);

  const before = await changeKey("ben");
  await lookUp(ada, "ben");
  await stop.getByText("not the one that you verified").waitFor();
  await changes.waitFor();
  expect(await field(ada).count()).toBe(0);
  await ada.reload();
  await changes.waitFor();
  await stop.getByRole("button", { name: "Accept without comparing" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await stop.waitFor();
  await acceptWithoutComparing(ada);
  await field(ada).waitFor();
  await sendInApp(ada, "to the new key");
  // It leaves this device; the server, which remembers the key from before, may refuse it.
  await log(ada).getByRole("article").filter({ hasText: "to the new key" }).waitFor();
  expect(await changes.count()).toBe(1);

  // Another one stops again.
  await changeKey("ben");
  await lookUp(ada, "ben");
  await stop.getByRole("link", { name: "compare your safety number" }).click();
  await ada.getByText("is not the one that you verified, so nothing is sent.").waitFor();
  // The number is that of the new key at once, although the page has shown another one before.
  const mark = ada.getByRole("button", { name: "Mark the new key as verified" });
  await expect.poll(() => mark.isEnabled()).toBe(true);
  expect(await ada.getByText("changed while you were looking").count()).toBe(0);
  await ada.getByRole("link", { name: "Back to the conversation" }).click();
  await stop.waitFor();
  await changeKey("ben", before);
  await lookUp(ada, "ben");
  await field(ada).waitFor();
  await sendInApp(ada, "only you can read this");
  await log(ben).getByText("only you can read this").waitFor();
  expect(await changes.count()).toBe(2);
  expect(trouble.flat()).toEqual([]);
});
