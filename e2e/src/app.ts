import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import type { TestBrowser } from "./browser.ts";
import { password } from "./people.ts";

/** The web app by the names that people and assistive technology know its parts by. */
export async function openApp(context: BrowserContext, url: string): Promise<Page> {
  // For what hangs, not for what is slow: the machine may be busy.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** From an empty browser to the recovery key of a new account. */
export async function beginSignUpInApp(page: Page, username: string): Promise<void> {
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Your recovery key" }).waitFor();
}

/** From an empty browser to the conversations. Gives the recovery key as it was shown. */
export async function signUpInApp(
  page: Page,
  username: string,
  whileShown: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  await beginSignUpInApp(page, username);
  const recoveryKey = await page.getByLabel("Recovery key", { exact: true }).innerText();
  await whileShown();
  await page.getByRole("checkbox", { name: "I have saved it" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("navigation", { name: "Conversations" }).waitFor();
  return recoveryKey;
}

export async function signInInApp(page: Page, username: string): Promise<void> {
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Conversations" }).waitFor();
}

/** A browser of its own, signed in as somebody who exists already. */
export async function openSignedIn(
  browser: TestBrowser,
  url: string,
  username: string,
  options: Parameters<TestBrowser["newContext"]>[0] = {},
): Promise<Page> {
  const page = await openApp(await browser.newContext({ reducedMotion: "reduce", ...options }), url);
  await signInInApp(page, username);
  return page;
}

export async function startConversation(page: Page, username: string): Promise<void> {
  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.getByRole("textbox", { name: "Find people" }).fill(username);
  await page.getByRole("dialog").getByText(username, { exact: true }).click();
  await page.getByRole("textbox", { name: "Message" }).waitFor();
}

/** Who has not been accepted yet is accepted by that. */
export async function openConversation(page: Page, username: string): Promise<void> {
  const list = page.getByRole("navigation", { name: "Conversations" });
  const link = list.getByRole("link", { name: new RegExp(username) });
  const requests = list.getByRole("button", { name: /request/ });
  await link.or(requests).first().waitFor();
  if ((await link.count()) === 0) await requests.click();
  await link.click();
  const accept = page.getByRole("button", { name: "Accept", exact: true });
  const field = page.getByRole("textbox", { name: "Message" });
  await accept.or(field).first().waitFor();
  if ((await accept.count()) > 0) await acceptRequest(page);
}

/** Whoever is open wrote first: from now on they are somebody one talks with. */
export async function acceptRequest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await page.getByRole("textbox", { name: "Message" }).waitFor();
}

/** A headless browser shows every tab: a page is told whether somebody looks at it. */
export async function setLooking(page: Page, looking: boolean): Promise<void> {
  await page.evaluate(
    `document.hasFocus = () => ${looking}; dispatchEvent(new Event("${looking ? "focus" : "blur"}"))`,
  );
}

export async function sendInApp(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
}

/** In the settings: saves an export as a page, in any language. Gives its address on the disk, until the browser ends. */
export async function exportPage(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "HTML" }).click(),
  ]);
  const file = `${await download.path()}.html`;
  await download.saveAs(file);
  return pathToFileURL(file).href;
}

/** The message list. */
export function log(page: Page) {
  return page.getByRole("log", { name: "Messages" });
}

/** What stands beside an own message that the server has, in words. */
export function mark(page: Page, text: string) {
  return log(page)
    .getByRole("article")
    .filter({ hasText: text })
    .getByText(/^(Sent|Delivered|Read)$/);
}
