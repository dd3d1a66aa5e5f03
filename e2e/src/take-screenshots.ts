/**
 * Takes pictures of the built app: `pnpm --filter @sotto/e2e run screenshots`. Two people talk through a real server;
 * every screen is taken wide and phone-sized, light and dark, and some from right to left. All of them go into the
 * folder that is named, or else into a temporary one; the few that the documents show go into `docs/images` as well.
 */
import { copyFile, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpTestDatabases } from "@sotto/db/testing";
import type { Page } from "playwright-core";
import { log, openApp, sendInApp, signUpInApp, startConversation } from "./app.ts";
import { launchBrowser } from "./browser.ts";
import { type Person, signUp } from "./people.ts";
import { startServerProcess } from "./server-process.ts";

const images = new URL("../../docs/images/", import.meta.url).pathname;
const shown = new Set(["chat-light", "chat-phone-dark", "search-dark", "person-light"]);
const sizes = { "": { width: 1280, height: 800 }, "phone-": { width: 390, height: 844 } };
const wide = sizes[""];

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), "sotto-screens-")));
await mkdir(folder, { recursive: true });
const takeDown = await setUpTestDatabases();
const server = await startServerProcess("pglite");
const browser = await launchBrowser();
const context = await browser.newContext({
  viewport: wide,
  deviceScaleFactor: 1.5,
  reducedMotion: "reduce",
});
const mira = await signUp(server.url, "mira");
const jonas = await signUp(server.url, "jonas");

const page = await openApp(context, server.url);
await take("sign-in");
await page.goto(`${server.url}/recover`);
await take("recover");
await page.goto(server.url);
await page.getByRole("button", { name: "Create account" }).click();
await take("sign-up");
await page.reload();
await signUpInApp(page, "clara", () => take("recovery-key"));
await take("welcome");
await talk();
await take("chat");
await page.getByRole("article").filter({ hasText: "the right green" }).click({ button: "right" });
await page.getByRole("menu").waitFor();
await take("message-menu");
await page.keyboard.press("Escape");
const chatPath = new URL(page.url()).pathname;
await page.keyboard.press("Control+k");
await page.getByRole("combobox").fill("green");
await page.locator("[role=option] mark").first().waitFor();
await take("search");
await page.keyboard.press("Escape");
await page.getByRole("button", { name: "New conversation" }).first().click();
await page.getByRole("textbox", { name: "Find people" }).fill("jonas");
await page.getByRole("dialog").getByText("jonas", { exact: true }).waitFor();
await take("find-people");
await page.keyboard.press("Escape");
await page.goto(`${server.url}${chatPath}/person`);
await page.getByRole("heading", { name: "mira" }).waitFor();
await page.getByText(/\d{5}/).first().waitFor();
await take("person");
await takePlaces();
await page.evaluate(`localStorage.setItem("sotto/language", "ar")`);
await page.goto(`${server.url}${chatPath}`);
await takePlaces("ar-");

await Promise.all([mira.close(), jonas.close()]);
await browser[Symbol.asyncDispose]();
await server[Symbol.asyncDispose]();
await takeDown();
process.stdout.write(`${folder}\n`);

/** The screens that are found by their address, whatever the language. */
async function takePlaces(prefix = ""): Promise<void> {
  const places = {
    conversations: "/",
    settings: "/settings",
    server: "/settings/server",
    gallery: "/gallery",
  };
  for (const [name, path] of Object.entries(prefix === "" ? places : { ...places, chat: chatPath })) {
    await page.goto(`${server.url}${path}`);
    await page.getByRole("link").nth(2).waitFor();
    await page.waitForLoadState("networkidle");
    await take(`${prefix}${name}`);
  }
}

async function talk(): Promise<void> {
  await startConversation(page, "jonas");
  await answer("The recording from Tuesday is on the shelf in the studio.");
  await say(jonas, "Found it, thank you!");
  await startConversation(page, "mira");
  await say(mira, "Are we still meeting the printer on Thursday?");
  await answer("Yes, at ten. I sent the last proofs this morning.");
  await answer("The cover is finally the right green.");
  await say(mira, "Wonderful.");
  await say(mira, "I'll bring the paper samples, then you can see how the green looks on the rough one.");
  const chat = await answer("Good idea. Coffee before?");
  await log(page).getByText("Delivered").last().waitFor({ state: "attached" });
  await mira.markRead(chat, await newestId(chat));
  await log(page).getByText("Read").last().waitFor({ state: "attached" });
  await say(mira, "Always.");
}

async function newestId(conversationId: string): Promise<string> {
  const [newest] = await mira.history(conversationId, { limit: 1 });
  return newest?.id ?? "";
}

/** Gives the id of the conversation with mira. */
async function answer(text: string): Promise<string> {
  await sendInApp(page, text);
  await log(page).getByText(text, { exact: true }).waitFor();
  await log(page).getByText("Queued").waitFor({ state: "detached" });
  return (await mira.openDirect("clara")).id;
}

async function say(person: Person, text: string): Promise<void> {
  const chat = await person.openDirect("clara");
  await person.send(chat.id, { text });
  await log(page).getByText(text, { exact: true }).waitFor();
}

/** In both sizes and both colour schemes. */
async function take(screen: string): Promise<void> {
  await page.evaluate("document.fonts.ready.then(() => true)");
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `${screen}-${size}${colorScheme}`);
    }
  }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: "light" });
}

async function shoot(from: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await from.screenshot({ path, animations: "disabled" });
  if (shown.has(name)) await copyFile(path, join(images, `${name}.png`));
}
