import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptRequest,
  log,
  mark,
  openApp,
  openConversation,
  sendInApp,
  setLooking,
  signUpInApp,
  startConversation,
} from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { collect, signIn, signUp, untilShown } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

/** For what hangs, not for what is slow: the machine may be busy. */
const wait = { timeout: 60_000 };

let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServerProcess("postgres");
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Counts the sounds that the page has made. */
const countedSounds = `
  globalThis.sounds = 0;
  globalThis.AudioContext = class extends AudioContext {
    constructor() { super(); globalThis.sounds += 1; }
  };`;
const countSounds = (page: Page) => page.evaluate<number>("globalThis.sounds");

async function openNew(name: string): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  await context.addInitScript(countedSounds);
  const page = await openApp(context, server.url);
  const trouble = watchForTrouble(page);
  await signUpInApp(page, name);
  return { page, trouble };
}

test("a stranger does not ring and is told nothing, until they are accepted", async () => {
  await (await signUp(server.url, "cleo")).close();
  const [{ page: ada, trouble }, { page: ben, trouble: bens }] = await Promise.all([
    openNew("ada"),
    openNew("ben"),
  ]);
  // Beside somebody whom one talks with, requests are folded up.
  const list = ada.getByRole("navigation", { name: "Conversations" });
  await startConversation(ada, "cleo");
  await setLooking(ada, false);

  await startConversation(ben, "ada");
  await sendInApp(ben, "do you remember me?");
  const requests = ada.getByRole("button", { name: "1 request" });
  await requests.click();
  expect(await ada.title()).not.toMatch(/^\(/);
  await list.getByRole("link", { name: "ben" }).click();
  await log(ada).getByText("do you remember me?").waitFor();
  await ada.getByText("Do you know ben?").waitFor();
  expect(await ada.getByRole("textbox", { name: "Message" }).count()).toBe(0);
  expect(await log(ada).getByRole("button", { name: "Reply" }).count()).toBe(0);

  // She reads it, and he is not told.
  await setLooking(ada, true);
  await list.getByText("1 unread").waitFor({ state: "detached" });
  await sendInApp(ben, "from the choir");
  await expect.poll(() => mark(ben, "from the choir").allInnerTexts(), wait).toEqual(["Delivered"]);
  expect(await mark(ben, "do you remember me?").allInnerTexts()).not.toContain("Read");
  expect(await countSounds(ada)).toBe(0);

  await acceptRequest(ada);
  await requests.waitFor({ state: "detached" });
  await openConversation(ada, "cleo");
  await setLooking(ada, false);
  await sendInApp(ben, "still there?");
  await expect.poll(() => ada.title(), wait).toMatch(/^\(1\) /);
  await expect.poll(() => countSounds(ada), wait).toBe(1);
  await setLooking(ada, true);
  await openConversation(ada, "ben");
  await expect.poll(() => mark(ben, "still there?").allInnerTexts(), wait).toEqual(["Read"]);
  expect([...trouble, ...bens]).toEqual([]);
});

test("whom one looked for rings with their first message, and a stranger who is blocked leaves the list", async () => {
  await using emil = await signUp(server.url, "emil");
  await using fay = await signUp(server.url, "fay");
  const { page: dora, trouble } = await openNew("dora");
  await using tablet = await signIn(server.url, "dora");
  const list = dora.getByRole("navigation", { name: "Conversations" });
  await setLooking(dora, false);
  const spam = await fay.openDirect("dora");
  await fay.send(spam.id, { text: "buy this" });
  await list.getByRole("link", { name: "fay" }).waitFor();

  // Opened on another device, so that this page meets the conversation with its first message.
  await untilShown(tablet, ({ lastMessage }) => lastMessage !== null);
  await tablet.openDirect("emil");
  await tablet.setPreference(spam.id, { muted: true });
  await list.getByText("Muted").waitFor({ state: "attached" });
  expect(await countSounds(dora)).toBe(0);
  await emil.send((await emil.openDirect("dora")).id, { text: "you looked for me" });
  await expect.poll(() => countSounds(dora), wait).toBe(1);

  await list.getByRole("link", { name: "emil" }).waitFor();
  await dora.getByRole("button", { name: "1 request" }).click();
  await list.getByRole("link", { name: "fay" }).click();
  await dora.getByText("Do you know fay?").waitFor();
  await dora.getByRole("button", { name: "Block", exact: true }).click();
  await dora.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
  await dora.getByText("You have blocked fay.").waitFor();
  await dora.getByRole("button", { name: "1 request" }).waitFor({ state: "detached" });
  expect(await list.getByRole("link", { name: "fay" }).count()).toBe(0);
  expect(trouble).toEqual([]);
});

test("whoever is blocked in the app is not heard any more, until they are unblocked there", async () => {
  await using hal = await signUp(server.url, "hal");
  const { page: gus, trouble } = await openNew("gus");
  await startConversation(gus, "hal");
  const heard = collect(hal, "message");
  await sendInApp(gus, "hello hal");
  await heard.until(({ length }) => length === 1);
  const chatId = heard.seen[0]?.conversationId ?? "";

  await gus.getByRole("button", { name: "Options", exact: true }).click();
  await gus.getByRole("menuitem", { name: "Block hal" }).click();
  await gus.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
  await gus.getByText("You have blocked hal.").waitFor();
  expect(await gus.getByRole("textbox", { name: "Message" }).count()).toBe(0);
  // Her account data says so after the server was told.
  await using second = await signIn(server.url, "gus");
  const isBlocked = async () => (await second.conversations())[0]?.blocked;
  await expect.poll(isBlocked, wait).toBe(true);
  await hal.send(chatId, { text: "during" });

  await gus.getByRole("button", { name: "Unblock" }).click();
  await gus.getByRole("textbox", { name: "Message" }).waitFor();
  await expect.poll(isBlocked, wait).toBe(false);
  await hal.send(chatId, { text: "after" });
  await log(gus).getByText("after").waitFor();
  expect(
    await log(gus)
      .getByText(/missing/)
      .count(),
  ).toBe(0);
  expect(await log(gus).getByText("during").count()).toBe(0);
  expect(trouble).toEqual([]);
});
