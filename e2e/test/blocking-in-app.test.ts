import { expect, test } from "vitest";
import { log, openApp, sendInApp, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser, watchForTrouble } from "../src/browser.ts";
import { collect, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

const wait = { timeout: 20_000 };

test("whoever is blocked in the app is not heard any more, until they are unblocked there", async () => {
  await using server = await startServerProcess("pglite");
  await using browser = await launchBrowser();
  await using ben = await signUp(server.url, "ben");
  const ada = await openApp(await browser.newContext(), server.url);
  const trouble = watchForTrouble(ada);
  await signUpInApp(ada, "ada");
  await startConversation(ada, "ben");
  const heard = collect(ben, "message");
  await sendInApp(ada, "hello ben");
  await heard.until(({ length }) => length === 1);
  const chatId = heard.seen[0]?.conversationId ?? "";

  await ada.getByRole("button", { name: "Options", exact: true }).click();
  await ada.getByRole("menuitem", { name: "Block ben" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click(wait);
  await ada.getByText("You have blocked ben.").waitFor(wait);
  expect(await ada.getByRole("textbox", { name: "Message" }).count()).toBe(0);
  // Her account data says so after the server was told.
  await using second = await signIn(server.url, "ada");
  const isBlocked = async () => (await second.conversations())[0]?.blocked;
  await expect.poll(isBlocked, wait).toBe(true);
  await ben.send(chatId, { text: "during" });

  await ada.getByRole("button", { name: "Unblock" }).click();
  await ada.getByRole("textbox", { name: "Message" }).waitFor(wait);
  await expect.poll(isBlocked, wait).toBe(false);
  await ben.send(chatId, { text: "after" });
  await log(ada).getByText("after").waitFor(wait);
  expect(
    await log(ada)
      .getByText(/missing/)
      .count(),
  ).toBe(0);
  expect(await log(ada).getByText("during").count()).toBe(0);
  expect(trouble).toEqual([]);
});
