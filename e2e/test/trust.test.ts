import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptRequest, openApp, sendInApp, setLooking, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

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

async function openNew(name: string): Promise<{ page: Page; trouble: string[] }> {
  const page = await openApp(await browser.newContext({ reducedMotion: "reduce" }), server.url);
  const trouble = watchForTrouble(page);
  await signUpInApp(page, name);
  return { page, trouble };
}

/** Gives the key that was there before. */
async function exchangeKey(username: string, publicKey: string): Promise<string> {
  const [row] = await tamper(
    server,
    sql<{ before: string }>`update users set public_key = ${publicKey} from users before
      where before.id = users.id and users.username = ${username} returning before.public_key as before`,
  );
  return row?.before ?? "";
}

test("two people compare their safety number, and one marks the other as verified", async () => {
  const [ida, oskar] = await Promise.all([openNew("ida"), openNew("oskar")]);
  await startConversation(ida.page, "oskar");
  await sendInApp(ida.page, "shall we compare?");
  await oskar.page.getByRole("link", { name: "ida" }).click();
  await acceptRequest(oskar.page);
  const numbers = await Promise.all(
    [ida, oskar].map(async ({ page }) => {
      await page.getByRole("heading", { level: 1 }).getByRole("link").click();
      return page.getByLabel("Safety number", { exact: true }).innerText();
    }),
  );
  expect(numbers[0]).toMatch(/^(\d{5}\s*){12}$/);
  expect(numbers[1]).toBe(numbers[0]);
  await ida.page.getByRole("img", { name: /QR code/ }).waitFor();

  const field = ida.page.getByRole("textbox", { name: "The number that oskar sees" });
  await field.fill(
    `1${numbers[0]?.slice(1)}` === numbers[0] ? `2${numbers[0].slice(1)}` : `1${numbers[0]?.slice(1)}`,
  );
  await ida.page.getByText("Not the same number.").waitFor();
  await field.fill(numbers[1] ?? "");
  await ida.page.getByText("The same number.").waitFor();

  // This browser has no camera.
  await ida.page.getByRole("button", { name: "Scan with the camera" }).click();
  await ida.page.getByRole("dialog").getByText("No camera was found.").waitFor();
  await ida.page.keyboard.press("Escape");

  // Nobody marks a key as verified that came while they compared another one.
  const digits = ida.page.getByLabel("Safety number", { exact: true });
  const mark = ida.page.getByRole("button", { name: /^Mark .*verified$/ });
  const oskarsKey = await exchangeKey("oskar", encodeBase64(generateKeyPair().publicKey));
  const second = await openApp(ida.page.context(), server.url);
  await startConversation(second, "oskar");
  await ida.page.getByText("The key of oskar changed while you were looking").waitFor();
  expect(await mark.isDisabled()).toBe(true);
  expect(await digits.innerText()).toBe(numbers[0]);
  await ida.page.getByRole("button", { name: "Show the new number" }).click();
  await expect.poll(() => mark.isEnabled()).toBe(true);
  expect(await digits.innerText()).not.toBe(numbers[0]);
  await exchangeKey("oskar", oskarsKey);
  await startConversation(second, "oskar");
  await second.close();
  await ida.page.getByRole("button", { name: "Show the new number" }).click();
  expect(await digits.innerText()).toBe(numbers[0]);
  await mark.click();
  await ida.page.getByText("You have verified oskar.").waitFor();
  await ida.page.reload();
  await ida.page.getByText("You have verified oskar.").waitFor();

  // Two who have written to each other see that the other one is there, once both have switched it on.
  await oskar.page.getByRole("link", { name: "Back to the conversation" }).click();
  await sendInApp(oskar.page, "done?");
  for (const { page } of [ida, oskar]) {
    await page.getByRole("link", { name: "Settings" }).click();
    const presence = page.getByRole("switch", { name: "Presence" });
    await presence.click();
    await expect.poll(() => presence.isChecked()).toBe(true);
    await page.getByRole("link", { name: /oskar|ida/ }).click();
  }
  await ida.page.getByRole("main").getByText("There now").waitFor();
  await oskar.page.getByRole("main").getByText("There now").waitFor();
  await setLooking(oskar.page, false);
  await ida.page.getByRole("main").getByText("There now").waitFor({ state: "detached" });
  expect([...ida.trouble, ...oskar.trouble]).toEqual([]);
});
