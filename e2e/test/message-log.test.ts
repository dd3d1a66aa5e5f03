import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openApp, openConversation, sendInApp, signInInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

const wait = { timeout: 20_000 };
const total = 260;
const unread = 20;

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
  await ada.close();
  await ben.close();
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** One to five lines, so that no guess of a height is right. */
function text(index: number): string {
  return `message ${index} ${"is as long as it happens to be, ".repeat((index * 7) % 9)}`;
}

/** A message in sight and the distance of its upper edge from that of the log, in px, once the log stands still. */
function findAnchor(page: Page): Promise<{ id: string; top: number }> {
  return page.evaluate(`(async () => {
    for (let frames = 0; frames < 5; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    const edge = document.querySelector("[role=log]").getBoundingClientRect().top;
    for (const message of document.querySelectorAll("[data-message]")) {
      const top = message.getBoundingClientRect().top - edge;
      if (top >= 0) return { id: message.dataset.message, top };
    }
  })()`);
}

/**
 * Scrolls up like a wheel until the beginning is there. Gives, in px, the furthest that a message in sight moved in
 * any two frames after its step, and how many steps it took.
 */
function scrollToBeginning(page: Page): Promise<{ drift: number; steps: number }> {
  return page.evaluate(`(async () => {
    const log = document.querySelector("[role=log]");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const inSight = () => {
      const edge = log.getBoundingClientRect().top;
      return [...log.querySelectorAll("[data-message]")].find((message) => message.getBoundingClientRect().top >= edge);
    };
    let drift = 0, steps = 0;
    while (log.scrollTop > 0 || !log.textContent.includes("message 0 ")) {
      log.scrollTop -= 200;
      await frame();
      const message = inSight();
      const before = message?.getBoundingClientRect().top;
      await frame();
      await frame();
      if (message?.isConnected) drift = Math.max(drift, Math.abs(message.getBoundingClientRect().top - before));
      steps += 1;
    }
    return { drift, steps };
  })()`);
}

test("a long conversation opens at what is new, keeps still while older messages load, and is found again as left", async () => {
  const chat = await ben.openDirect("ada");
  await Promise.all(
    Array.from({ length: total - unread }, (_, index) => ben.send(chat.id, { text: text(index) })),
  );
  await ada.openDirect("ben");
  const [last] = await ada.history(chat.id, { limit: 1 });
  await ada.markRead(chat.id, last?.id ?? "");
  const rest = Array.from({ length: unread }, (_, index) => total - unread + index);
  await Promise.all(rest.map((index) => ben.send(chat.id, { text: text(index) })));

  const viewport = { width: 1280, height: 640 };
  const page = await openApp(await browser.newContext({ viewport }), server.url);
  const trouble = watchForTrouble(page);
  await signInInApp(page, "ada");
  await openConversation(page, "ben");

  await log(page).getByRole("separator", { name: "New messages" }).waitFor(wait);
  const firstNew = log(page).getByText(`message ${total - unread} `);
  await firstNew.waitFor(wait);
  expect((await firstNew.boundingBox())?.y).toBeGreaterThan(0);
  const jump = page.getByRole("button", { name: /Jump to latest, \d+ unread/ });
  await jump.waitFor(wait);

  const { drift, steps } = await scrollToBeginning(page);
  expect(steps).toBeGreaterThan(10);
  expect(drift).toBeLessThanOrEqual(1);

  // Somewhere in the middle: something arrives, and one goes away and comes back.
  await page.evaluate(`document.querySelector("[role=log]").scrollTop = 3000`);
  await page.waitForFunction(`document.querySelector("[role=log]").scrollTop === 3000`);
  const anchor = await findAnchor(page);
  const name = await jump.getAttribute("aria-label");
  await ben.send(chat.id, { text: "one more" });
  await page.waitForFunction(
    (before) => document.querySelector("[aria-label^='Jump']")?.getAttribute("aria-label") !== before,
    name,
  );
  const after = await findAnchor(page);
  expect(after.id).toBe(anchor.id);
  expect(Math.abs(after.top - anchor.top)).toBeLessThanOrEqual(1);

  await page.getByRole("link", { name: "Sotto" }).click();
  await log(page).waitFor({ ...wait, state: "detached" });
  await openConversation(page, "ben");
  await log(page).locator(`[data-message="${anchor.id}"]`).waitFor(wait);
  const back = await findAnchor(page);
  expect(back.id).toBe(anchor.id);
  expect(Math.abs(back.top - anchor.top)).toBeLessThanOrEqual(1);

  await jump.click();
  await log(page).getByText("one more").waitFor(wait);
  await page.getByRole("button", { name: /Jump to latest/ }).waitFor({ ...wait, state: "detached" });
  await page.getByText("unread").waitFor({ ...wait, state: "detached" });
  expect(trouble).toEqual([]);
});

test("with more unread than fit, a conversation opens at the first of them, and what was not seen stays unread", async () => {
  const many = 400;
  await using cleo = await signUp(server.url, "cleo");
  const chat = await cleo.openDirect("ada");
  await ada.openDirect("cleo");
  const send = (word: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => cleo.send(chat.id, { text: `${word} ${index}.` })),
    );
  const seen = await send("seen", 30);
  await ada.markRead(chat.id, seen.at(-1)?.id ?? "");
  const unseen = await send("unseen", many);
  await using tablet = await signIn(server.url, "ada");
  // The server counts what reached it, so this is known before any of it is.
  expect(await tablet.firstUnread(chat.id)).toBe(unseen[0]?.id);

  const context = await browser.newContext();
  // A machine without loudspeakers complains of each sound.
  await context.addInitScript(`localStorage.setItem("sotto/announcements", '{"sound":false}')`);
  const page = await openApp(context, server.url);
  const trouble = watchForTrouble(page);
  await signInInApp(page, "ada");
  await openConversation(page, "cleo");
  const first = log(page).getByText("unseen 0.", { exact: true });
  await first.waitFor(wait);
  await log(page)
    .getByText("seen 29.", { exact: true })
    .waitFor({ ...wait, state: "attached" });
  const divider = log(page).getByRole("separator", { name: "New messages" });
  const below = await first.boundingBox();
  expect((await divider.boundingBox())?.y).toBeLessThan(below?.y ?? 0);
  await expect
    .poll(async () => (await tablet.conversations()).find(({ id }) => id === chat.id)?.unreadCount ?? many)
    .toBeLessThan(many);
  const left = (await tablet.conversations()).find(({ id }) => id === chat.id)?.unreadCount ?? 0;
  expect(left).toBeGreaterThan(many - 30);

  await page.getByRole("button", { name: /Jump to latest/ }).click();
  await log(page)
    .getByText(`unseen ${many - 1}.`, { exact: true })
    .waitFor(wait);
  await page.getByRole("button", { name: /Jump to latest/ }).waitFor({ ...wait, state: "detached" });

  // What comes while nobody looks, in the open conversation: the log follows, and whoever returns begins above.
  await sendInApp(page, "I go away now.");
  await log(page).getByText("I go away now.").waitFor(wait);
  await page.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))");
  await send("later", 50);
  await log(page).getByText("later 49.", { exact: true }).waitFor(wait);
  // In a browser that is too busy to draw, what is loaded comes before it has heard of its own scrolling.
  await page.evaluate(`{
    const frames = [];
    const draw = requestAnimationFrame;
    const keep = (event) => event.stopImmediatePropagation();
    window.requestAnimationFrame = (frame) => frames.push(frame);
    addEventListener("scroll", keep, true);
    setTimeout(() => {
      window.requestAnimationFrame = draw;
      removeEventListener("scroll", keep, true);
      frames.forEach(draw);
      document.querySelector("[role=log]").dispatchEvent(new Event("scroll"));
    }, 1000);
    document.hasFocus = () => true;
    dispatchEvent(new Event("focus"));
  }`);
  await log(page)
    .getByText("later 49.", { exact: true })
    .waitFor({ ...wait, state: "detached" });
  await log(page).getByText("later 0.", { exact: true }).waitFor(wait);
  await page.getByRole("button", { name: /Jump to latest, \d+ unread/ }).waitFor(wait);
  expect(trouble).toEqual([]);
});
