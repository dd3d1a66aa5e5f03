/**
 * Makes the pictures of the documents from the built app: `pnpm --filter @sotto/e2e run screenshots`. Two people talk
 * through a real server; every screen is taken light and dark, wide and phone-sized, into `docs/images`.
 */
import { mkdir } from "node:fs/promises";
import { setUpTestDatabases } from "@sotto/db/testing";
import type { Page } from "playwright-core";
import { log, openApp, sendInApp, signUpInApp, startConversation } from "./app.ts";
import { launchBrowser } from "./browser.ts";
import { signUp } from "./people.ts";
import { startServerProcess } from "./server-process.ts";

const folder = new URL("../../docs/images/", import.meta.url);
const sizes = { "": { width: 1280, height: 800 }, "phone-": { width: 390, height: 844 } };

const takeDown = await setUpTestDatabases();
await mkdir(folder, { recursive: true });
const server = await startServerProcess("pglite");
const browser = await launchBrowser();
const friends = { mira: await signUp(server.url, "mira"), jonas: await signUp(server.url, "jonas") };

for (const [prefix, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      deviceScaleFactor: 2,
      reducedMotion: "reduce",
    });
    const page = await openApp(context, server.url);
    const name = `clara${prefix === "" ? "" : "-p"}${colorScheme === "light" ? "" : "-d"}`;
    const take = (screen: string) => shoot(page, `${screen}-${prefix}${colorScheme}`);

    await page.getByRole("button", { name: "Create account" }).click();
    await take("sign-up");
    await page.reload();
    await signUpInApp(page, name, () => take("recovery-key"));
    await take("welcome");

    await startConversation(page, "jonas");
    await sendInApp(page, "The recording from Tuesday is on the shelf in the studio.");
    await friends.jonas
      .openDirect(name)
      .then((chat) => friends.jonas.send(chat.id, { text: "Found it, thank you!" }));
    await log(page).getByText("Found it").waitFor();
    if (prefix !== "") await page.goBack();

    await startConversation(page, "mira");
    const chat = await friends.mira.openDirect(name);
    const answer = async (text: string) => {
      await sendInApp(page, text);
      await log(page).getByText(text, { exact: true }).waitFor();
      await expectNothingQueued(page);
    };
    const say = async (text: string) => {
      await friends.mira.send(chat.id, { text });
      await log(page).getByText(text, { exact: true }).waitFor();
    };
    await say("Are we still meeting the printer on Thursday?");
    await answer("Yes, at ten. I sent the last proofs this morning.");
    await answer("The cover is finally the right green.");
    await say("Wonderful.");
    await say("I'll bring the paper samples, then you can see how the green looks on the rough one.");
    await answer("Good idea. Coffee before?");
    await log(page).getByText("Delivered").last().waitFor({ state: "attached" });
    const [newest] = await friends.mira.history(chat.id, { limit: 1 });
    await friends.mira.markRead(chat.id, newest?.id ?? "");
    await log(page).getByText("Read").last().waitFor({ state: "attached" });
    await say("Always.");
    await take("chat");
    if (prefix !== "") {
      await page.goBack();
      await page.getByRole("link", { name: /mira/ }).waitFor();
    }
    await take("conversations");

    await page.getByRole("button", { name: "New conversation" }).first().click();
    await page.getByRole("textbox", { name: "Find people" }).fill("jonas");
    await page.getByRole("dialog").getByText("jonas", { exact: true }).waitFor();
    await take("find-people");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).waitFor();
    await take("account");
    await context.close();
  }
}

await Promise.all(Object.values(friends).map((friend) => friend.close()));
await browser[Symbol.asyncDispose]();
await server[Symbol.asyncDispose]();
await takeDown();

async function expectNothingQueued(page: Page): Promise<void> {
  await log(page).getByText("Queued").waitFor({ state: "detached" });
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready.then(() => true)");
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname, animations: "disabled" });
}
