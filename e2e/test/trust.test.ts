import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, sendInApp, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  server = await startServerProcess("pglite");
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

test("two people compare their safety number, and one marks the other as verified", async () => {
  const [ida, oskar] = await Promise.all([openNew("ida"), openNew("oskar")]);
  await startConversation(ida.page, "oskar");
  await sendInApp(ida.page, "shall we compare?");
  await oskar.page.getByRole("link", { name: "ida" }).click();
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
  await ida.page.getByRole("button", { name: "Mark as verified" }).click();
  await ida.page.getByText("You have verified oskar.").waitFor();
  await ida.page.reload();
  await ida.page.getByText("You have verified oskar.").waitFor();
  expect([...ida.trouble, ...oskar.trouble]).toEqual([]);
});
