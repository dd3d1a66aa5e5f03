import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openApp, openConversation, openSignedIn, sendInApp, signInInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";
import { collect, password, type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  server = await startServerProcess("pglite");
  browser = await launchBrowser();
  ada = await signUp(server.url, "ada");
  ben = await signUp(server.url, "ben");
});
afterAll(async () => {
  await Promise.all([ada.close(), ben.close()]);
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const open = (name: string) => openSignedIn(browser, server.url, name);
const openSettings = (page: Page) => page.getByRole("link", { name: "Settings" }).click();
const endedNotice = "This session was ended from another device. Sign in to go on.";

/** What somebody says who tries a password, once the form has answered. */
async function trySigningIn(page: Page, username: string, secret: string): Promise<void> {
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a session is ended from the list, then all others, and each browser that was says why it is signed out", async () => {
  const here = await open("ada");
  const lost = await open("ada");
  await openSettings(here);
  const sessions = here.getByRole("listitem").filter({ hasText: "since" });
  await expect.poll(() => sessions.count()).toBe(3);
  const own = sessions.filter({ hasText: "This browser" });
  expect(await own.getByRole("button").count()).toBe(0);
  // The headless client has a session too: it is not the one that another Chromium names.
  const chromium = await own.getByRole("paragraph").first().innerText();
  await here.getByRole("button", { name: `End the session of ${chromium}`, exact: true }).click();
  await lost.getByText(endedNotice).waitFor();
  await expect.poll(() => sessions.count()).toBe(2);

  await signInInApp(lost, "ada");
  const ended = collect(ada, "session");
  await here.reload();
  await here.getByRole("button", { name: "Sign out all others" }).click();
  await lost.getByText(endedNotice).waitFor();
  await ended.until(({ length }) => length === 1);
  await expect.poll(() => sessions.count()).toBe(1);
  await here.getByRole("button", { name: "Sign out all others" }).waitFor({ state: "detached" });
  await here.context().close();
  await lost.context().close();
});

test("a changed password counts at once and everywhere; a recovery key gives another, and ends what was open", async () => {
  const { recoveryKey } = await signUp(server.url, "cleo");
  const first = await open("cleo");
  await openSettings(first);
  await first.getByRole("button", { name: "Change password" }).click();
  const change = async (current: string) => {
    await first.getByLabel("Current password").fill(current);
    await first.getByLabel("New password").fill("gravel sonata lighthouse");
    await first.getByRole("button", { name: "Change password" }).click();
  };
  await change("not the password");
  await first.getByText("The current password is wrong.").waitFor();
  await change(password);
  await first.getByRole("button", { name: "Sign out", exact: true }).waitFor();

  const second = await openApp(await browser.newContext(), server.url);
  await trySigningIn(second, "cleo", password);
  await second.getByText("The username or the password is wrong.").waitFor();
  await trySigningIn(second, "cleo", "gravel sonata lighthouse");
  await second.getByRole("navigation", { name: "Conversations" }).waitFor();

  const third = await openApp(await browser.newContext(), server.url);
  await third.getByRole("link", { name: "Recover with a recovery key" }).click();
  await third.getByRole("textbox", { name: "Username" }).fill("cleo");
  const key = third.getByRole("textbox", { name: "Recovery key" });
  await key.fill(ada.recoveryKey);
  await third.getByLabel("New password").fill("kettle orchard nineteen");
  await third.getByRole("button", { name: "Recover account" }).click();
  await third.getByText("The username or the recovery key is wrong.").waitFor();
  await key.fill(recoveryKey.toLowerCase());
  await third.getByRole("button", { name: "Recover account" }).click();
  await third.getByRole("navigation", { name: "Conversations" }).waitFor();
  for (const page of [first, second]) await page.getByText(endedNotice).waitFor();
  await trySigningIn(first, "cleo", "gravel sonata lighthouse");
  await first.getByText("The username or the password is wrong.").waitFor();
  await trySigningIn(first, "cleo", "kettle orchard nineteen");
  await first.getByRole("navigation", { name: "Conversations" }).waitFor();
  for (const page of [first, second, third]) await page.context().close();
});

test("after a week the app asks for the recovery key: later puts it off, and trying the key ends it", async () => {
  await using dora = await signUp(server.url, "dora");
  const page = await open("dora");
  const reminder = page.getByText("Is your recovery key still where you can find it?");
  const letAWeekPass = async () => {
    await page.evaluate(`localStorage.setItem("sotto/recovery-check", String(Date.now() - 1))`);
    await page.reload();
    await reminder.waitFor();
  };
  await letAWeekPass();
  await page.getByRole("button", { name: "Later" }).click();
  await reminder.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("link", { name: "Settings" }).waitFor();
  expect(await reminder.count()).toBe(0);

  await letAWeekPass();
  await page.getByRole("link", { name: "Check it" }).click();
  await page.getByRole("button", { name: "Check the recovery key" }).click();
  await page.getByRole("textbox", { name: "Recovery key" }).fill(dora.recoveryKey);
  await page.getByRole("button", { name: "Check the recovery key" }).click();
  await page.getByText("This is your recovery key.").waitFor();
  await reminder.waitFor({ state: "detached" });
  await page.context().close();
});

/** Whether "typing…" was ever shown since. */
const watchTyping = `
  window.sawTyping = false;
  new MutationObserver(() => {
    window.sawTyping ||= document.querySelector("[data-typing]") !== null;
  }).observe(document.body, { subtree: true, childList: true, attributes: true });`;

test("who hides that they read or write sees nothing of it of others, until it is switched on again", async () => {
  await using eve = await signUp(server.url, "eve");
  await using finn = await signUp(server.url, "finn");
  const chat = await eve.openDirect("finn");
  await eve.send(chat.id, { text: "hello" });
  const [evesPage, finnsPage] = [await open("eve"), await open("finn")];
  await openSettings(evesPage);
  for (const name of ["Read receipts", "Typing"]) {
    await evesPage.getByRole("switch", { name }).click();
    await expect
      .poll(() => evesPage.getByRole("switch", { name }).getAttribute("aria-checked"))
      .toBe("false");
  }
  await expect.poll(() => eve.settings()).toMatchObject({ readReceipts: false, typing: false });
  await openConversation(evesPage, "finn");
  await openConversation(finnsPage, "eve");
  for (const page of [evesPage, finnsPage]) await page.evaluate(watchTyping);

  const write = async (page: Page, text: string) => {
    await page.getByRole("textbox", { name: "Message" }).pressSequentially(text);
    await page.keyboard.press("Enter");
  };
  const article = (page: Page, text: string) => log(page).getByRole("article").filter({ hasText: text });
  const state = (page: Page, text: string) => article(page, text).getByText(/^(Sent|Delivered|Read)$/);
  await write(finnsPage, "seen?");
  await log(evesPage).getByText("seen?").waitFor();
  // Another device of hers hears of it, so the server knows; only he does not.
  await expect.poll(async () => (await eve.conversations())[0]?.unreadCount).toBe(0);
  await write(evesPage, "perhaps");
  await log(finnsPage).getByText("perhaps").waitFor();
  await expect.poll(async () => (await finn.conversations())[0]?.unreadCount).toBe(0);
  await write(finnsPage, "so?");
  await log(evesPage).getByText("so?").waitFor();
  await expect.poll(() => state(finnsPage, "seen?").first().innerText()).toBe("Delivered");
  await expect.poll(() => state(evesPage, "perhaps").first().innerText()).toBe("Delivered");
  for (const page of [evesPage, finnsPage]) expect(await page.evaluate("window.sawTyping")).toBe(false);

  await openSettings(evesPage);
  // One right after the other: neither press is lost.
  for (const name of ["Read receipts", "Typing"]) await evesPage.getByRole("switch", { name }).click();
  await expect.poll(() => eve.settings()).toMatchObject({ readReceipts: true, typing: true });
  await openConversation(evesPage, "finn");
  await sendInApp(finnsPage, "and now?");
  await expect.poll(() => state(finnsPage, "and now?").first().innerText()).toBe("Read");
  const facts = async () => {
    await article(finnsPage, "and now?").click({ button: "right" });
    await finnsPage.getByRole("menuitem", { name: "Details" }).click();
    const shown = finnsPage.getByRole("dialog").getByRole("term");
    await shown.first().waitFor();
    const terms = await shown.allInnerTexts();
    await finnsPage.keyboard.press("Escape");
    await finnsPage.getByRole("dialog").waitFor({ state: "detached" });
    return terms;
  };
  await expect.poll(facts).toEqual(["From", "Sent", "State", "Delivered", "Read"]);
  await evesPage.getByRole("textbox", { name: "Message" }).pressSequentially("yes");
  await finnsPage.getByText("typing…").first().waitFor();
  await finn.setSettings({ readReceipts: false });
  await expect.poll(facts).toEqual(["From", "Sent", "State", "Delivered"]);
  await evesPage.context().close();
  await finnsPage.context().close();
});

test("everything is exported as a page to read, with progress, and the server's own page shows neither words nor others", async () => {
  await using gus = await signUp(server.url, "gus");
  await using hedy = await signUp(server.url, "hedy");
  const chat = await gus.openDirect("hedy");
  const arrived = collect(gus, "message");
  const first = await hedy.send(chat.id, { text: "Do you <b>keep</b> herons?" });
  await Promise.all(
    Array.from({ length: 250 }, (_, index) => hedy.send(chat.id, { text: `Heron ${index}` })),
  );
  await hedy.send((await hedy.openDirect("ben")).id, { text: "Gus keeps herons." });
  await arrived.until(({ length }) => length === 251);
  const page = await openSignedIn(browser, server.url, "gus", { acceptDownloads: true });
  await openSettings(page);
  await page.evaluate(recordProgress);
  for (const [button, words] of [
    ["As a page (HTML)", "Do you &lt;b&gt;keep&lt;/b&gt; herons?"],
    ["As data (JSON)", "Do you <b>keep</b> herons?"],
  ] as const) {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    const exported = await readFile(await (await downloading).path(), "utf8");
    expect(exported).toContain(words);
    expect(exported).toContain("Heron 249");
    expect(exported).not.toContain("Gus keeps herons.");
    const shares = await page.evaluate<number[]>("window.shares.splice(0)");
    expect(shares).not.toEqual([]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  }

  await page.getByRole("link", { name: "What can this server see?" }).click();
  const table = (name: string) => page.getByRole("region", { name, exact: true });
  await table("messages").getByText(first.id).or(table("messages")).first().waitFor();
  await page.getByText("251 rows of yours, the newest shown").first().waitFor();
  expect(await table("users").innerText()).toMatch(/gus/);
  // Each table with a sentence on what it is for.
  const names = await page.getByRole("heading", { level: 2 }).allInnerTexts();
  const untold: string[] = [];
  for (const name of names) {
    const section = page.getByRole("region", { name, exact: true }).locator("xpath=..");
    if ((await section.getByRole("paragraph").count()) < 2) untold.push(name);
  }
  expect([names.includes("messages"), untold]).toEqual([true, []]);
  const everything = await page.getByRole("region", { name: "What can this server see?" }).innerText();
  expect(everything).toContain(gus.user?.id);
  for (const secret of ["heron", "Heron", password, "Gus keeps", ada.user?.id, ben.user?.id]) {
    expect(everything, secret).not.toContain(secret);
  }
  await page.context().close();
});

/** Each share that the progress of an export showed. */
const recordProgress = `
  window.shares = [];
  new MutationObserver(() => {
    const progress = document.querySelector('[aria-label="How much is exported"]');
    if (progress) window.shares.push(progress.value);
  }).observe(document.body, { subtree: true, childList: true, attributes: true });`;

test("a session that ended while the browser was closed is told of at the next start", async () => {
  await using ida = await signUp(server.url, "ida");
  const page = await open("ida");
  const context = page.context();
  await page.close();
  const other = (await ida.sessions()).find(({ current }) => !current);
  await ida.revokeSession(other?.id ?? "");
  const again = await openApp(context, server.url);
  await again.getByText(endedNotice).waitFor();
  await using back = await signIn(server.url, "ida");
  expect(back.user?.username).toBe("ida");
  await context.close();
});
