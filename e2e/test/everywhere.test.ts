import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openApp, openConversation, openSignedIn, signInInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { password, type Person, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
let ada: Person;
let ben: Person;
let cleo: Person;
beforeAll(async () => {
  server = await startServerProcess("pglite");
  browser = await launchBrowser();
  [ada, ben, cleo] = [
    await signUp(server.url, "ada"),
    await signUp(server.url, "ben"),
    await signUp(server.url, "cleo"),
  ];
  // She knows both: what strangers write does not ring.
  for (const name of ["cleo", "ben"]) await ada.openDirect(name);
  await tell(cleo, "hello from cleo");
  await tell(ben, "hello from ben");
});
afterAll(async () => {
  await Promise.all([ada.close(), ben.close(), cleo.close()]);
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Somebody writes to ada. */
async function tell(from: Person, text: string): Promise<void> {
  await from.send((await from.openDirect("ada")).id, { text });
}

const open = (options: Parameters<TestBrowser["newContext"]>[0] = {}) =>
  openSignedIn(browser, server.url, "ada", options);

test("the banner tells a browser without a network from a server that does not answer, and goes when it does", async () => {
  const page = await open();
  const context = page.context();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await context.setOffline(true);
  await page.getByText("Offline. What you write is sent later.").waitFor();
  await context.setOffline(false);
  await page.getByText("Offline. What you write is sent later.").waitFor({ state: "detached" });

  let answers: () => void = () => {};
  const silence = new Promise<void>((resolve) => (answers = resolve));
  await context.route(/\/api\/trpc\/auth\.(refresh|ticket)/, async (route) => {
    await silence;
    await route.continue();
  });
  await page.reload();
  await page.getByText("Connecting. What you write waits here.").waitFor();
  answers();
  await page.getByText("Connecting. What you write waits here.").waitFor({ state: "detached" });
  await context.close();
});

/**
 * Headless Chromium refuses notifications, whatever it is allowed: here the page is asked as if it had never been, and
 * keeps what it shows, one for each tag. Sounds are counted, and the badge is kept.
 */
const standIns = `
  let permission = localStorage.getItem("test/permission") ?? "default";
  Object.defineProperty(Notification, "permission", { get: () => permission });
  Notification.requestPermission = async () => {
    permission = "granted";
    localStorage.setItem("test/permission", permission);
    return permission;
  };
  window.badge = 0;
  navigator.setAppBadge = async (count) => void (badge = count);
  navigator.clearAppBadge = async () => void (badge = 0);
  window.notified = [];
  const remove = (tag) => (window.notified = window.notified.filter((other) => other.tag !== tag));
  ServiceWorkerRegistration.prototype.getNotifications = async () => window.notified;
  ServiceWorkerRegistration.prototype.showNotification = async (title, { body, data, tag }) => {
    remove(tag);
    window.notified.push({ words: title + ": " + body, data, tag, close: () => remove(tag) });
  };
  window.sounds = 0;
  const Real = AudioContext;
  window.AudioContext = function () {
    window.sounds += 1;
    return new Real();
  };`;

type Notified = { words: string; data: { path: string } };
const notified = (page: Page) => page.evaluate<Notified[]>("window.notified");
const words = async (page: Page) => (await notified(page)).map((one) => one.words);
const sounds = (page: Page) => page.evaluate<number>("window.sounds");
/** Until what comes next is no longer of the burst that sounded last. */
const untilSilent = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate("navigator.locks.query().then(({ held }) => held.map(({ name }) => name).join())"),
    )
    .not.toContain("sotto/sound");
const setLooking = (page: Page, looking: boolean) =>
  page.evaluate(
    `document.hasFocus = () => ${looking}; dispatchEvent(new Event("${looking ? "focus" : "blur"}"))`,
  );

test("notifications are offered once something was missed, lead to the conversation, and the title counts what is unread", async () => {
  const page = await openApp(await browser.newContext({ reducedMotion: "reduce" }), server.url);
  const trouble = watchForTrouble(page);
  await page.context().addInitScript(standIns);
  await page.reload();
  await signInInApp(page, "ada");
  await openConversation(page, "cleo");
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  const offer = page.getByText("A message came while you were away.");
  expect(await offer.count()).toBe(0);

  await setLooking(page, false);
  await tell(ben, "one");
  await offer.waitFor();
  await expect.poll(() => page.title()).toMatch(/^\(2\) /);
  await expect.poll(() => sounds(page)).toBe(1);
  expect(await words(page)).toEqual([]);
  await page.getByRole("button", { name: "Turn on notifications" }).click();
  await offer.waitFor({ state: "detached" });
  await setLooking(page, true);
  await tell(ben, "while I look");
  await page.getByRole("navigation", { name: "Conversations" }).getByText("while I look").waitFor();
  expect([await words(page), await sounds(page)]).toEqual([[], 1]);

  // Several at once sound once, and of each conversation the newest is told.
  await untilSilent(page);
  await setLooking(page, false);
  await Promise.all([tell(ben, "two"), tell(cleo, "and I"), tell(ben, "three")]);
  await expect.poll(async () => (await words(page)).toSorted()).toEqual(["ben: three", "cleo: and I"]);
  expect(await sounds(page)).toBe(2);
  await untilSilent(page);
  await tell(ben, "four");
  await expect.poll(() => words(page)).toEqual(["cleo: and I", "ben: four"]);
  await expect.poll(() => sounds(page)).toBe(3);
  await expect.poll(() => page.evaluate("window.badge")).toBe(7);

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Sound" }).click();
  await untilSilent(page);
  await tell(ben, "five");
  await expect.poll(() => words(page)).toEqual(["cleo: and I", "ben: five"]);
  expect(await sounds(page)).toBe(3);

  // A press, as the browser tells the service worker of it.
  const [, shown] = await notified(page);
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(`{
    const event = new Event("notificationclick");
    event.notification = { close() {}, data: ${JSON.stringify(shown?.data)} };
    event.waitUntil = () => {};
    self.dispatchEvent(event);
  }`);
  await log(page).getByText("five").waitFor();
  await setLooking(page, true);
  await openConversation(page, "cleo");
  await expect.poll(() => page.title()).not.toMatch(/^\(/);

  await setLooking(page, false);
  await tell(cleo, "good bye");
  await expect.poll(() => words(page)).toContain("cleo: good bye");
  await expect.poll(() => page.evaluate("window.badge")).toBe(1);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await expect.poll(() => words(page)).toEqual([]);
  expect(await page.evaluate("window.badge")).toBe(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the theme and another language are chosen for good, shown from the first paint, and turn the page around", async () => {
  const page = await open({ colorScheme: "light" });
  const trouble = watchForTrouble(page);
  const ground = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  await page.getByRole("link", { name: "Settings" }).click();
  const light = await ground();
  await page.getByText("Dark", { exact: true }).click();
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await page.getByRole("radio", { name: "Dark" }).waitFor({ state: "attached" });
  expect([await ground(), await page.getByRole("radio", { name: "Dark" }).isChecked()]).toEqual([dark, true]);
  await page.getByText("System", { exact: true }).click();
  await expect.poll(ground).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).toBe(dark);

  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Deutsch" });
  await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
  expect(await page.evaluate("document.documentElement.dir + document.documentElement.lang")).toBe("ltrde");
  await page.getByRole("navigation", { name: "Unterhaltungen" }).getByRole("link", { name: "ben" }).click();
  await page.getByRole("textbox", { name: "Nachricht" }).waitFor();

  await page.getByRole("link", { name: "Einstellungen" }).click();
  await page.getByRole("combobox", { name: "Sprache" }).selectOption({ label: "العربية" });
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "الإعدادات" }).waitFor();
  expect(await page.evaluate("document.documentElement.dir + document.documentElement.lang")).toBe("rtlar");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("a finger that rests on a message or a conversation opens its menu", async () => {
  const page = await open({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  const session = await page.context().newCDPSession(page);
  const hold = async (target: ReturnType<Page["locator"]>) => {
    const box = await target.boundingBox();
    if (box === null) throw new Error("It is not drawn.");
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await page.getByRole("menu").waitFor();
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const row = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
  await hold(row.filter({ hasText: "cleo" }));
  await page.getByRole("menuitem", { name: "Mute" }).tap();
  await row.filter({ hasText: "cleo" }).getByText("Muted").waitFor({ state: "attached" });
  await hold(row.filter({ hasText: "cleo" }));
  await page.getByRole("menuitem", { name: "Unmute" }).tap();
  await row.filter({ hasText: "cleo" }).getByText("Muted").waitFor({ state: "detached" });

  await row.filter({ hasText: "cleo" }).getByRole("link").tap();
  const message = log(page).getByRole("article").filter({ hasText: "hello from cleo" });
  await message.waitFor();
  await hold(message.getByText("hello from cleo"));
  await page.getByRole("menuitem", { name: "👍" }).tap();
  await message.getByRole("button", { name: /👍.*You/ }).waitFor();
  await expect
    .poll(async () => {
      const messages = await cleo.history((await cleo.openDirect("ada")).id);
      return messages.find(({ text }) => text === "hello from cleo")?.reactions?.[0]?.emoji;
    })
    .toBe("👍");
  await page.context().close();
});

/** Presses a key until what has that name has the focus. */
async function moveTo(page: Page, key: string, role: string, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role as "button", { name });
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const here = await wanted.evaluateAll((found) =>
      found.some((one) => one === one.ownerDocument.activeElement),
    );
    if (here) return;
  }
  throw new Error(`${key} never came to ${name}.`);
}

test("two people talk by keyboard alone: signing in, finding each other, writing, answering, going from one to the next", async () => {
  await using dora = await signUp(server.url, "dora");
  const page = await openApp(await browser.newContext({ reducedMotion: "reduce" }), server.url);
  const eve = await openSignedIn(browser, server.url, "ben");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await moveTo(page, "Tab", "textbox", "Username");
  await page.keyboard.type("dora");
  await moveTo(page, "Tab", "textbox", "Password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Conversations" }).waitFor();

  await moveTo(page, "Tab", "button", "New conversation");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Find people" }).waitFor();
  await page.keyboard.type("ben");
  await page.getByRole("dialog").getByText("ben", { exact: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  await page.keyboard.type("by keys alone");
  await page.keyboard.press("Enter");
  await openConversation(eve, "dora");
  await log(eve).getByText("by keys alone").waitFor();
  await eve.keyboard.type("indeed?");
  await eve.keyboard.press("Enter");
  await log(page).getByText("indeed?").waitFor();

  await moveTo(page, "Shift+Tab", "article", "ben");
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await moveTo(page, "ArrowDown", "menuitem", "Reply");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Don't reply" }).waitFor();
  await page.keyboard.type("indeed!");
  await page.keyboard.press("Enter");
  await log(eve).getByRole("article").filter({ hasText: "indeed!" }).getByText("indeed?").waitFor();

  await dora.send((await dora.openDirect("cleo")).id, { text: "and you?" });
  await page.getByRole("link", { name: "cleo" }).waitFor();
  const heading = () => page.getByRole("heading", { level: 1 }).innerText();
  expect(await heading()).toBe("ben");
  for (const [keys, name] of [
    ["Alt+ArrowDown", "cleo"],
    ["Alt+ArrowDown", "ben"],
    ["Alt+ArrowUp", "cleo"],
  ] as const) {
    await page.keyboard.press(keys);
    await expect.poll(heading).toBe(name);
  }
  await log(page).getByText("and you?").waitFor();
  await page.context().close();
  await eve.context().close();
});
