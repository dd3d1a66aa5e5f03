import { memoryStore } from "@sotto/client";
import {
  createKeyring,
  decodeBase64,
  encodeBase64,
  keyPairFromSecretKey,
  parsePublicKey,
  sealEnvelope,
} from "@sotto/crypto";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log, openConversation, openSignedIn, sendInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";
import { type Person, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

let server: ServerProcess;
let browser: TestBrowser;
let ben: Person;
const bensStore = memoryStore();
beforeAll(async () => {
  server = await startServerProcess("postgres");
  browser = await launchBrowser();
  await (await signUp(server.url, "ada")).close();
  ben = await signUp(server.url, "ben", bensStore);
  await ben.send((await ben.openDirect("ada")).id, { text: "hello ada" });
});
afterAll(async () => {
  await ben.close();
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const article = (page: Page, text: string) => log(page).getByRole("article").filter({ hasText: text });

/** Both of them, each in a browser, with the conversation open. */
async function openBoth(): Promise<{ adas: Page; bens: Page }> {
  const [adas, bens] = [
    await openSignedIn(browser, server.url, "ada"),
    await openSignedIn(browser, server.url, "ben"),
  ];
  await openConversation(adas, "ben");
  await openConversation(bens, "ada");
  return { adas, bens };
}

test("lines, lists, code, quotes and links are written in one browser and read in the other", async () => {
  const { adas, bens } = await openBoth();
  await field(adas).focus();
  for (const line of ["To bring:", "", "- a *violin*", "- two `bows`"]) {
    await adas.keyboard.type(line);
    await adas.keyboard.press("Shift+Enter");
  }
  expect(await field(adas).inputValue()).toBe("To bring:\n\n- a *violin*\n- two `bows`\n");
  await adas.keyboard.press("Enter");
  const list = article(bens, "To bring:");
  await expect.poll(() => list.getByRole("listitem").allInnerTexts()).toEqual(["a violin", "two bows"]);
  expect(await list.locator("li em, li code").allInnerTexts()).toEqual(["violin", "bows"]);

  await sendInApp(adas, "> The cover is green.\n\nIs it?");
  await expect
    .poll(() => article(bens, "Is it?").locator("blockquote").innerText())
    .toBe("The cover is green.");
  await sendInApp(adas, "```\nif (a < b) {\n  swap();\n}\n```");
  await expect.poll(() => log(bens).locator("pre").innerText()).toContain("if (a < b) {\n  swap();\n}");

  await sendInApp(adas, "Read [our bank's letter](https://example.org/letter) <script>alert(1)</script>");
  const link = article(bens, "our bank's letter").getByRole("link");
  expect(await link.getAttribute("href")).toBe("https://example.org/letter");
  expect(await link.getAttribute("rel")).toMatch(/noopener/);
  await article(bens, "our bank's letter").getByText("example.org").waitFor();
  await article(bens, "<script>alert(1)</script>").waitFor();
  await adas.context().close();
  await bens.context().close();
});

test("emoji come by name and by the picker, and what one copies the other one pastes", async () => {
  const { adas, bens } = await openBoth();
  await adas.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await field(adas).pressSequentially("Done :tada:");
  await expect.poll(() => field(adas).inputValue()).toBe("Done 🎉");
  await adas.getByRole("button", { name: "Insert emoji" }).click();
  await adas.getByRole("searchbox", { name: "Search emoji" }).fill("rocket");
  await adas.getByRole("dialog").getByRole("button", { name: "rocket", exact: true }).click();
  await expect.poll(() => field(adas).inputValue()).toBe("Done 🎉🚀");
  await adas.keyboard.press("Enter");
  await article(bens, "Done 🎉🚀").waitFor();

  await sendInApp(bens, "first *line*\nsecond line");
  await article(adas, "second line").click({ button: "right" });
  await adas.getByRole("menuitem", { name: "Copy text" }).click();
  await adas.getByRole("menu").waitFor({ state: "detached" });
  await field(adas).focus();
  await adas.keyboard.type("You wrote: ");
  await adas.keyboard.press("Control+v");
  await expect.poll(() => field(adas).inputValue()).toBe("You wrote: first *line*\nsecond line");
  await adas.keyboard.press("Enter");
  await article(bens, "You wrote: first line").waitFor();
  await adas.context().close();
  await bens.context().close();
});

test("a message that the server refuses says why, and goes out by pressing once it may", async () => {
  const { adas, bens } = await openBoth();
  const adaId = sql`(select id from users where username = 'ada')`;
  await tamper(server, sql`create table kept as select * from conversation_members`);
  await tamper(server, sql`delete from conversation_members where user_id = ${adaId}`);
  await sendInApp(adas, "Do you hear me?");
  const refused = article(adas, "Do you hear me?");
  await refused.getByText("Not sent. There is no such conversation, or you are not in it.").waitFor();
  await sendInApp(adas, "Never mind.");
  await article(adas, "Never mind.").getByRole("button", { name: "Discard" }).click();
  await article(adas, "Never mind.").waitFor({ state: "detached" });

  await tamper(server, sql`insert into conversation_members select * from kept on conflict do nothing`);
  await refused.getByRole("button", { name: "Try again" }).click();
  await article(bens, "Do you hear me?").waitFor();
  await refused
    .getByText(/^(Delivered|Read)$/)
    .first()
    .waitFor({ state: "attached" });
  expect(await adas.getByText("Not sent.").count()).toBe(0);
  expect(await bens.getByText("Never mind.").count()).toBe(0);
  await adas.context().close();
  await bens.context().close();
});

test("a kind of message that this version does not know asks for an update, in the log and in the list", async () => {
  await using cleo = await signUp(server.url, "cleo");
  const chat = await ben.openDirect("cleo");
  const { secretKey } = (await bensStore.get("account")) as { secretKey: string };
  const keyring = createKeyring(keyPairFromSecretKey(decodeBase64(secretKey)));
  const context = {
    senderId: ben.user?.id ?? "",
    recipientId: chat.peer.id,
    conversationId: chat.id,
    messageId: crypto.randomUUID(),
  };
  const sealed = sealEnvelope(keyring, {
    kind: 1,
    device: crypto.getRandomValues(new Uint8Array(16)),
    counter: 1,
    sentAt: Date.now(),
    previous: new Uint8Array(16),
    body: new TextEncoder().encode(JSON.stringify({ type: "poll", question: "Tea?", text: "Tea?" })),
    recipientKey: parsePublicKey(chat.peer.publicKey),
    context,
  });
  await tamper(
    server,
    sql`insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at)
        values (${chat.id}::uuid, ${context.messageId}::uuid, ${context.senderId}::uuid,
          ${context.recipientId}::uuid, ${encodeBase64(sealed)}, now())`,
  );
  await tamper(server, sql`update conversations set last_message_at = now() where id = ${chat.id}::uuid`);
  expect(cleo.user?.id).toBe(context.recipientId);
  const page = await openSignedIn(browser, server.url, "cleo");
  await page.getByText("A message for a newer version").waitFor();
  await openConversation(page, "ben");
  await log(page).getByText("Update Sotto to see this message.").waitFor();
  expect(await page.getByText("Tea?").count()).toBe(0);
  await page.context().close();
});
