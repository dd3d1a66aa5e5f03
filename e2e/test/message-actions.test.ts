import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptRequest,
  log,
  openApp,
  openConversation,
  sendInApp,
  signInInApp,
  signUpInApp,
  startConversation,
} from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

const wait = { timeout: 30_000 };

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

function message(page: Page, text: string) {
  return log(page).getByRole("article").filter({ hasText: text });
}

async function act(page: Page, text: string, action: string): Promise<void> {
  await message(page, text).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

test("two people answer, react, edit, look up, forward and delete, and see it of each other", async () => {
  const ada = await openApp(await browser.newContext(), server.url);
  const ben = await openApp(await browser.newContext(), server.url);
  const trouble = [watchForTrouble(ada), watchForTrouble(ben)];
  const cleo = await signUp(server.url, "cleo");
  await signUpInApp(ada, "ada");
  await signUpInApp(ben, "ben");
  await startConversation(ada, "cleo");
  await sendInApp(ada, "hello cleo");
  await startConversation(ada, "ben");
  await sendInApp(ada, "the *cover* is **green**");
  await ben.getByRole("link", { name: "ada" }).click(wait);
  await acceptRequest(ben);
  await log(ben).getByText("cover", { exact: true }).waitFor(wait);

  // An answer quotes, and the quote leads back.
  await act(ben, "cover", "Reply");
  await sendInApp(ben, "finally!");
  const answer = message(ada, "finally!");
  await answer.getByRole("button", { name: /the cover is green/ }).click(wait);
  await ada.waitForFunction(`document.activeElement?.textContent.includes("is green")`);

  // By keyboard alone: from the message to its menu to an emoji.
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("Enter");
  await ada.getByRole("menu").waitFor(wait);
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("Enter");
  const reaction = message(ben, "finally!").getByRole("button", { name: /👍.*ada/ });
  await reaction.click(wait);
  await message(ada, "finally!")
    .getByRole("button", { name: /👍.*You, ben/ })
    .waitFor(wait);

  // The arrow up takes the last own message back into the field.
  await sendInApp(ada, "see you at tne");
  await ada.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await ada.getByText("Editing your message").waitFor(wait);
  await sendInApp(ada, "see you at ten");
  await message(ben, "see you at ten").getByText("edited").waitFor(wait);
  await act(ben, "see you at ten", "Details");
  await ben.getByRole("dialog").getByText("see you at tne").waitFor(wait);
  await ben.keyboard.press("Escape");

  await act(ada, "finally!", "Forward");
  await ada.getByRole("checkbox", { name: "cleo" }).check();
  await ada.getByRole("button", { name: "Forward to 1 conversation" }).click();
  await expect
    .poll(async () => (await cleo.history((await cleo.openDirect("ada")).id)).map(({ text }) => text), wait)
    .toEqual(["finally!", "hello cleo"]);

  await act(ada, "see you at ten", "Delete");
  await ada.getByRole("button", { name: "Delete for everyone" }).click();
  for (const page of [ada, ben]) {
    await log(page).getByText("This message was deleted.").waitFor(wait);
    expect(await page.getByText("see you at ten").count()).toBe(0);
  }
  expect(trouble.flat()).toEqual([]);
  await cleo.close();
});

test("a draft, a pin, silence and the archive are the person's own on every device, and are taken back, also by a message", async () => {
  const dora = await signUp(server.url, "dora");
  const emil = await signUp(server.url, "emil");
  const finn = await signUp(server.url, "finn");
  for (const friend of [emil, finn]) {
    await friend.send((await friend.openDirect("dora")).id, { text: `hello from ${friend.name}` });
    await dora.openDirect(friend.name);
  }
  const first = await openApp(await browser.newContext(), server.url);
  const second = await openApp(await browser.newContext(), server.url);
  for (const page of [first, second]) await signInInApp(page, "dora");
  const rows = (page: Page) => page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem");
  await expect.poll(() => rows(second).allInnerTexts(), wait).toHaveLength(2);

  await openConversation(first, "emil");
  await first.getByRole("textbox", { name: "Message" }).fill("dear emil");
  await openConversation(first, "finn");
  for (const page of [first, second]) await rows(page).getByText("dear emil").waitFor(wait);

  const choose = async (name: string, action: string) => {
    await rows(first).filter({ hasText: name }).click({ button: "right" });
    await first.getByRole("menuitem", { name: action, exact: true }).click();
  };
  await choose("emil", "Pin");
  await expect.poll(() => rows(second).first().innerText(), wait).toContain("emil");
  await choose("emil", "Mute");
  await rows(second)
    .filter({ hasText: "emil" })
    .getByText("Muted")
    .waitFor({ ...wait, state: "attached" });
  await choose("finn", "Archive");
  await second.getByRole("button", { name: "1 archived" }).click(wait);
  await second.getByRole("link", { name: "finn" }).waitFor(wait);

  const row = (name: string) => rows(second).filter({ hasText: name });
  const takeBack = async (name: string, action: string) => {
    await row(name).hover();
    await row(name)
      .getByRole("button", { name: `Options for ${name}` })
      .click();
    await second.getByRole("menuitem", { name: action, exact: true }).click();
    await second.getByRole("menu").waitFor({ state: "detached" });
  };
  const order = async () => (await rows(second).getByRole("link").allInnerTexts()).join(" ");
  const archive = second.getByRole("button", { name: "1 archived" });
  await takeBack("emil", "Unmute");
  await row("emil")
    .getByText("Muted")
    .waitFor({ ...wait, state: "detached" });
  await takeBack("finn", "Take out of the archive");
  await archive.waitFor({ ...wait, state: "detached" });
  await expect.poll(order, wait).toBe("emil finn");
  await takeBack("emil", "Unpin");
  await expect.poll(order, wait).toBe("finn emil");
  await takeBack("emil", "Archive");
  await archive.waitFor(wait);
  await emil.send((await emil.openDirect("dora")).id, { text: "are you there?" });
  await archive.waitFor({ ...wait, state: "detached" });
  await expect.poll(order, wait).toBe("emil finn");
  await Promise.all([dora, emil, finn].map((person) => person.close()));
});
