import axe, { type Result } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  exportPage,
  log,
  openApp,
  sendInApp,
  signInInApp,
  signUpInApp,
  startConversation,
} from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";
import { signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServerProcess("pglite");
  // A camera that shows a moving pattern, and nobody who has to allow it.
  browser = await launchBrowser(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
  await (await signUp(server.url, "ben")).close();
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** What can be pushed sideways without being made for it, with a place in the order of the keyboard. */
const findSideways = `[...document.querySelectorAll("*")]
  .filter((node) => node.scrollWidth > node.clientWidth && node.tabIndex < 0)
  .filter((node) => node === document.documentElement || /auto|scroll/.test(getComputedStyle(node).overflowX))
  .map((node) => "sideways: " + node.cloneNode().outerHTML)`;

/** From right to left, of an export: no part of a date stands before the name. */
const areTimesBehindNames = `[...document.querySelectorAll("article time")].every((time) => {
  const name = time.closest("article").querySelector("b").getBoundingClientRect();
  return [...time.getClientRects()].every(({ right, top }) => right <= name.left || top >= name.bottom);
})`;

/**
 * What axe finds against WCAG 2.2 A and AA and its own best practices, in a line each, and what is too wide; or
 * what one rule finds; or all in what `within` selects.
 */
async function findings(page: Page, rule?: string, within?: string): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  // What it found in order is most of the answer by far, and is not asked for.
  const options = { resultTypes: ["violations"], ...(rule === undefined ? {} : { runOnly: [rule] }) };
  const violations = await page.evaluate<Result[]>(
    `axe.run(${JSON.stringify(within) ?? "document"}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  const sideways = rule === undefined ? await page.evaluate<string[]>(findSideways) : [];
  const lines = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  return [...lines, ...sideways];
}

/** The same, and the contrasts of the other theme: nothing else depends on it. */
async function findingsInBoth(page: Page): Promise<string[]> {
  const found = await findings(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const inTheDark = await findings(page, "color-contrast");
  await page.emulateMedia({ colorScheme: "light" });
  return [...found, ...inTheDark.map((line) => `dark: ${line}`)];
}

test.each([
  ["light", 1280],
  ["dark", 390],
] as const)("axe finds nothing on any screen (%s, %i pixels wide)", async (colorScheme, width) => {
  const viewport = { width, height: 800 };
  const page = await openApp(
    await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" }),
    server.url,
  );
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  expect(await findings(page), "signing in").toEqual([]);

  const name = `ada-${colorScheme}`;
  await page.getByRole("button", { name: "Create account" }).click();
  expect(await findings(page), "signing up").toEqual([]);
  await page.reload();
  await signUpInApp(page, name, async () => {
    expect(await findings(page), "recovery key").toEqual([]);
  });
  expect(await findings(page), "no conversations yet").toEqual([]);

  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.getByRole("textbox", { name: "Find people" }).fill("ben");
  await page.getByRole("dialog").getByText("ben", { exact: true }).waitFor();
  expect(await findings(page), "finding people").toEqual([]);
  await page.keyboard.press("Escape");

  await startConversation(page, "ben");
  await sendInApp(page, `is this readable for everyone? ${longWord}`);
  await log(page).getByText("Sent").first().waitFor({ state: "attached" });
  expect(await findings(page), "conversation").toEqual([]);
  await page.getByRole("button", { name: "Options", exact: true }).click();
  await page.getByRole("menuitem", { name: "Safety number" }).waitFor();
  expect(await findings(page), "options of a conversation").toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  const message = log(page).getByRole("article").last();
  await message.click({ button: "right" });
  await page.getByRole("menu").waitFor();
  expect(await findings(page), "message menu").toEqual([]);
  await page.getByRole("menuitem", { name: "More emoji" }).click();
  await page.getByRole("searchbox", { name: "Search emoji" }).fill("tada");
  await page.getByRole("dialog").getByRole("button", { name: "party popper" }).click();
  await message.getByRole("list", { name: "Reactions" }).waitFor();
  await message.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Reply" }).click();
  expect(await findings(page), "reaction and reply").toEqual([]);
  await page.getByRole("textbox", { name: "Message" }).fill(":tad");
  await page.getByRole("listbox", { name: "Matching emoji" }).waitFor();
  expect(await findings(page), "emoji offered").toEqual([]);
  for (const name of ["Details", "Forward", "Delete"]) {
    await message.click({ button: "right" });
    await page.getByRole("menuitem", { name, exact: true }).click();
    await page.getByRole("dialog").waitFor();
    expect(await findings(page), name).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await sendInApp(page, "it is");
  await log(page).getByRole("article").nth(1).getByText("Sent").waitFor({ state: "attached" });

  const second = await openApp(
    await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" }),
    server.url,
  );
  await signInInApp(second, name);
  await second.getByRole("link", { name: "Settings" }).click();
  await second.getByRole("button", { name: "Sign out", exact: true }).waitFor();
  await second.getByRole("switch", { name: "Typing" }).waitFor();
  expect(await findings(second), "settings").toEqual([]);
  const exported = await openApp(second.context(), await exportPage(second));
  await exported.getByRole("blockquote").waitFor();
  expect(await findings(exported), "an export as a page").toEqual([]);
  await exported.close();
  await second.getByRole("button", { name: "Make a new one" }).click();
  await second.getByText("Save this new key first.").waitFor();
  await second.getByRole("button", { name: "Delete the account" }).click();
  await second.getByRole("button", { name: "Delete for good" }).waitFor();
  await second.locator("input[type=file]").setInputFiles({
    name: "photo.json",
    mimeType: "application/json",
    buffer: Buffer.from("no export"),
  });
  await second.getByText("This is not an export of Sotto").waitFor();
  expect(await findings(second), "confirming, a new recovery key, an import that fails").toEqual([]);
  await second.keyboard.press("Control+k");
  await second.getByRole("combobox", { name: "Search people and messages" }).fill("readable");
  await second.getByRole("option", { name: /readable for everyone/ }).waitFor();
  await second.getByRole("button", { name: "Filters" }).click();
  await second.getByRole("combobox", { name: "Written by" }).waitFor();
  expect(await findings(second), "search with filters").toEqual([]);
  await second.keyboard.press("Escape");
  await second.getByRole("dialog").waitFor({ state: "detached" });
  await second.getByRole("heading", { name: "Settings" }).click();
  await second.keyboard.press("?");
  await second.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  expect(await findings(second), "keyboard shortcuts").toEqual([]);
  await second.setViewportSize({ width, height: 400 });
  expect(await findings(second, "scrollable-region-focusable"), "shortcuts in a low window").toEqual([]);
  await second.setViewportSize(viewport);
  await second.keyboard.press("Escape");
  await second.getByRole("dialog").waitFor({ state: "detached" });
  const gallery = await openApp(second.context(), `${server.url}/gallery`);
  await gallery.getByRole("heading", { name: "Gallery" }).waitFor();
  await gallery.getByText("Out of its place.").waitFor();
  await gallery.getByText("Waiting for the camera.").waitFor();
  expect(await findings(gallery), "gallery").toEqual([]);
  const openers = gallery.getByRole("list", { name: "What opens" }).getByRole("button");
  // What is behind them was looked at already.
  const within = "[role=dialog], [role=menu]";
  const opened = gallery.locator(within);
  for (const [index, name] of (await openers.allInnerTexts()).entries()) {
    await openers.nth(index).click();
    await opened.waitFor();
    expect(await findings(gallery, undefined, within), name).toEqual([]);
    await gallery.keyboard.press("Escape");
    await opened.waitFor({ state: "detached" });
  }
  await gallery.close();
  await second.getByRole("link", { name: "What can this server see?" }).click();
  await second.getByRole("heading", { name: "messages" }).waitFor();
  expect(await findings(second), "what the server sees").toEqual([]);
  await page.getByRole("heading", { level: 1 }).getByRole("link").click();
  await page.getByLabel("Safety number", { exact: true }).waitFor();
  expect(await findings(page), "person").toEqual([]);
  await page.getByRole("button", { name: "Scan with the camera" }).click();
  await page.getByText("Waiting for the camera.").waitFor({ state: "detached" });
  expect(await findings(page), "scanning").toEqual([]);
});

test.each([1280, 390])(
  "axe finds nothing where one seldom comes, in either theme (%i pixels wide)",
  async (width) => {
    const name = `eve-${width}`;
    await using eve = await signUp(server.url, name);
    await using finn = await signUp(server.url, `finn-${width}`);
    await eve.openDirect(`finn-${width}`);
    await finn.send((await finn.openDirect(name)).id, { text: "hello" });
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: "reduce" });
    const page = await openApp(context, `${server.url}/recover`);
    await page.getByRole("button", { name: "Recover account" }).waitFor();
    expect(await findingsInBoth(page), "recovering").toEqual([]);
    await page.getByRole("link", { name: "Back" }).click();
    await signInInApp(page, name);

    const row = page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
    await row.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Archive" }).waitFor();
    expect(await findingsInBoth(page), "menu in the list").toEqual([]);
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await page.getByRole("button", { name: "1 archived" }).click();
    await row.waitFor();
    expect(await findingsInBoth(page), "open archive").toEqual([]);

    await row.getByRole("link").click();
    await page.getByRole("button", { name: "Insert emoji" }).click();
    await page.getByRole("searchbox", { name: "Search emoji" }).waitFor();
    expect(await findingsInBoth(page), "emoji picker").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox", { name: "Search emoji" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Options", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Block/ }).click();
    await page.getByRole("button", { name: "Block", exact: true }).waitFor();
    expect(await findingsInBoth(page), "asking before blocking").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await page.goto(server.url);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "العربية" });
    await page.locator("html[dir=rtl]").waitFor();
    expect(await findingsInBoth(page), "settings from right to left").toEqual([]);
    await page.goto(await exportPage(page));
    expect(await findingsInBoth(page), "an export from right to left").toEqual([]);
    expect(await page.evaluate(areTimesBehindNames)).toBe(true);
    await page.goto(server.url);
    await page.locator("html[dir=rtl]").waitFor();
    await page.getByRole("button", { expanded: false }).last().waitFor();
    expect(await findingsInBoth(page), "list from right to left").toEqual([]);
    await page.evaluate(`localStorage.removeItem("sotto/language")`);
    await page.reload();
    await page.getByRole("link", { name: "Settings" }).waitFor();

    await context.setOffline(true);
    await page.getByText("Offline. What you write is sent later.").waitFor();
    expect(await findingsInBoth(page), "offline").toEqual([]);
    await context.setOffline(false);
    const other = (await eve.sessions()).find(({ current }) => !current);
    await eve.revokeSession(other?.id ?? "");
    await page.getByText("This session was ended from another device.").waitFor();
    expect(await findingsInBoth(page), "an ended session").toEqual([]);
    await context.close();
  },
);
