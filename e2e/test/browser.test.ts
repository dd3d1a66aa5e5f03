import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  acceptRequest,
  log,
  openApp,
  sendInApp,
  signInInApp,
  signUpInApp,
  startConversation,
} from "../src/app.ts";
import { launchBrowser, type TestBrowser, watchForTrouble } from "../src/browser.ts";
import { layCable } from "../src/cable.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

const wait = { timeout: 20_000 };

describe("the web app, built, under its policy", () => {
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

  test("two people sign up, find each other and talk; an empty browser signs in and reads everything", async () => {
    const adasBrowser = await browser.newContext();
    const bensBrowser = await browser.newContext();
    const ada = await openApp(adasBrowser, server.url);
    const ben = await openApp(bensBrowser, server.url);
    const trouble = [watchForTrouble(ada), watchForTrouble(ben)];
    const recoveryKey = await signUpInApp(ada, "ada");
    expect(recoveryKey).toMatch(/^[0-9A-Z]{4}([\s-]+[0-9A-Z]{4}){13}$/);
    await signUpInApp(ben, "ben");

    await startConversation(ada, "ben");
    await sendInApp(ada, "shall we try this?");
    const link = ben.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name: /ada/ });
    await link.click(wait);
    await log(ben).getByText("shall we try this?").waitFor(wait);
    await acceptRequest(ben);
    await sendInApp(ada, "are you there?");
    await log(ben).getByText("are you there?").waitFor(wait);
    await log(ada)
      .getByText("Read")
      .first()
      .waitFor({ ...wait, state: "attached" });

    await ben.getByRole("textbox", { name: "Message" }).pressSequentially("I am ty");
    await ada
      .getByText(/typing/i)
      .first()
      .waitFor({ ...wait, state: "attached" });
    await sendInApp(ben, "it works");
    await log(ada).getByText("it works").waitFor(wait);
    await sendInApp(ada, "and back");
    await log(ben).getByText("and back").waitFor(wait);

    const third = await openApp(await browser.newContext(), server.url);
    trouble.push(watchForTrouble(third));
    await signInInApp(third, "ada");
    await third
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: /ben/ })
      .click(wait);
    for (const text of ["shall we try this?", "it works", "and back"]) {
      await log(third).getByText(text).waitFor(wait);
    }

    await ada.reload();
    await log(ada).getByText("and back").waitFor(wait);
    expect(await log(ada).getByText("shall we try this?").count()).toBe(1);

    await ada.getByRole("link", { name: "Settings" }).click();
    await ada.getByRole("button", { name: "Sign out", exact: true }).click();
    await ada.getByRole("button", { name: "Sign in" }).waitFor(wait);
    expect(trouble.flat()).toEqual([]);
  });

  test("what is written without a network waits with a clock, survives a reload, and arrives once, in order", async () => {
    await using cable = await layCable(server.url);
    await server.stop();
    await server.start({ PUBLIC_ORIGIN: `${server.url},${cable.url}` });
    const cleosBrowser = await browser.newContext();
    const cleo = await openApp(cleosBrowser, cable.url);
    const dan = await openApp(await browser.newContext(), server.url);
    await signUpInApp(cleo, "cleo");
    await signUpInApp(dan, "dan");
    await startConversation(cleo, "dan");
    await sendInApp(cleo, "one");
    await dan
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: /cleo/ })
      .click(wait);
    await log(dan).getByText("one", { exact: true }).waitFor(wait);
    await cleo.evaluate("navigator.serviceWorker.ready.then(() => true)");

    const secondTab = await openApp(cleosBrowser, cleo.url());
    await log(secondTab).getByText("one", { exact: true }).waitFor(wait);

    cable.pull();
    for (const text of ["two", "three", "four"]) await sendInApp(cleo, text);
    await log(cleo)
      .getByText("Queued")
      .first()
      .waitFor({ ...wait, state: "attached" });
    await cleo.reload();
    await log(cleo).getByText("four", { exact: true }).waitFor(wait);
    await log(secondTab).getByText("four", { exact: true }).waitFor(wait);

    cable.plugIn();
    await log(dan).getByText("four", { exact: true }).waitFor(wait);
    for (const page of [cleo, secondTab]) {
      await expect.poll(() => log(page).getByText("Queued").count(), wait).toBe(0);
    }
    for (const page of [dan, cleo, secondTab]) {
      const texts = await log(page)
        .getByText(/^(one|two|three|four)$/)
        .allInnerTexts();
      expect(texts).toEqual(["one", "two", "three", "four"]);
    }
  });

  test("a second tab is live, and carries on when the first is closed", async () => {
    const context = await browser.newContext();
    const first = await openApp(context, server.url);
    await signUpInApp(first, "eve");
    const finn = await openApp(await browser.newContext(), server.url);
    await signUpInApp(finn, "finn");
    await startConversation(first, "finn");
    await sendInApp(first, "from the first tab");

    const second = await openApp(context, server.url);
    await second
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: /finn/ })
      .click(wait);
    await log(second).getByText("from the first tab").waitFor(wait);
    await first.close();
    await sendInApp(second, "from the second tab");
    await finn
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link", { name: /eve/ })
      .click(wait);
    await log(finn).getByText("from the second tab").waitFor(wait);
  });

  test("mistakes are told in a sentence beside the field", async () => {
    const page = await openApp(await browser.newContext(), server.url);
    await page.getByRole("textbox", { name: "Username" }).fill("nobody");
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The username or the password is wrong.").waitFor(wait);

    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("textbox", { name: "Username" }).fill("gus");
    await page.getByRole("textbox", { name: "Password" }).fill("password1");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText(/easy to guess/).waitFor(wait);
  });
});

test("over plain http away from localhost the page says why it cannot run, and what to do", async () => {
  await using server = await startServerProcess("pglite");
  await using browser = await launchBrowser(["--host-resolver-rules=MAP chat.example 127.0.0.1"]);
  const address = server.url.replace("localhost", "chat.example");
  const page = await openApp(await browser.newContext(), address);
  await page.getByText(/HTTPS/).first().waitFor(wait);
  expect(await page.getByRole("textbox").count()).toBe(0);
});
