import type { Page } from "playwright-core";
import { log, sendInApp, startConversation } from "../app.ts";
import { type Person, signUp } from "../people.ts";
import type { ServerProcess } from "../server-process.ts";
import type { Camera } from "./camera.ts";

/** Clara, who has the app, and those who write to her. */
export type Stage = {
  page: Page;
  server: ServerProcess;
  camera: Camera;
  mira: Person;
  jonas: Person;
  /** Opens a place in the app. */
  visit: (path: string) => Promise<void>;
};

export const me = "clara";
export const longName = "maximiliana.von-hohenstein.berg1";

export async function talk({ page, mira, jonas }: Stage): Promise<void> {
  await startConversation(page, "jonas");
  await answer(page, "The recording from Tuesday is on the shelf in the studio.");
  await say(page, jonas, "Found it, thank you!");
  await startConversation(page, "mira");
  await say(page, mira, "Are we still meeting the printer on Thursday?");
  await answer(page, "Yes, at ten. I sent the last proofs this morning.");
  await answer(page, "The cover is finally the right green.");
  await say(page, mira, "Wonderful.");
  await say(
    page,
    mira,
    "I'll bring the paper samples, then you can see how the green looks on the rough one.",
  );
  await answer(page, "Good idea. Coffee before?");
  await log(page).getByText("Delivered").last().waitFor({ state: "attached" });
  const chat = (await mira.openDirect(me)).id;
  await mira.markRead(chat, await newestId(mira, chat));
  await log(page).getByText("Read").last().waitFor({ state: "attached" });
  await say(page, mira, "Always.");
}

/** Everything that a message can be, in the open conversation with jonas. */
export async function talkInAllWays({ page, jonas }: Stage): Promise<void> {
  const chat = (await jonas.openDirect(me)).id;
  await say(page, jonas, "The list:\n\n1. *mix* the second side\n2. **master** it\n3. `sox in.wav out.flac`");
  await answer(
    page,
    "https://archive.example.org/recordings/2026/tuesday/side-b/take-17/rough-mix-final-2.flac",
  );
  await say(page, jonas, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft!");
  const listened = await jonas.history(chat, { limit: 1 });
  await page.keyboard.press("Escape");
  await log(page).getByRole("article").last().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Reply" }).click();
  await answer(page, "Is that one word?");
  await jonas.react(chat, await newestId(jonas, chat), "😂");
  await log(page).getByRole("list", { name: "Reactions" }).waitFor();
  await jonas.edit(
    chat,
    listened[0]?.id ?? "",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk! (It is shorter now.)",
  );
  await log(page).getByText("It is shorter now.").first().waitFor();
  await say(page, jonas, "This was for somebody else.");
  await jonas.deleteMessage(chat, await newestId(jonas, chat));
  await log(page).getByText("This message was deleted.").waitFor();
  await say(page, jonas, "أراك غدًا الساعة 10:30.");
  await answer(page, "👍");
}

export const stranger = "ottilie";

/** A list with everything that a row can show, and a stranger; gives up the open conversation. */
export async function fillList({ page, server, mira, visit }: Stage): Promise<void> {
  await visit("/");
  const others = ["elif", "noor", "pavel", longName];
  const people = await Promise.all(others.map((name) => signUp(server.url, name)));
  for (const person of people) {
    await startConversation(page, person.name);
    await visit("/");
    const chat = await person.openDirect(me);
    await person.send(chat.id, {
      text: `Hello, this is ${person.name}, and there is more to say than fits here.`,
    });
    await row(page, person.name).waitFor();
  }
  const ottilie = await signUp(server.url, stranger);
  await ottilie.send((await ottilie.openDirect(me)).id, { text: "Are you the Clara from the choir?" });
  await page.getByRole("button", { name: "1 request" }).waitFor();
  await ottilie.close();
  await mira.send((await mira.openDirect(me)).id, { text: "See you at the corner." });
  await choose(page, "elif", "Pin");
  await choose(page, "noor", "Mute");
  await choose(page, "pavel", "Archive");
  await row(page, longName).click();
  await page.getByRole("textbox", { name: "Message" }).fill("What I was about to say, at some length");
  await page.getByRole("link", { name: "Sotto" }).click();
  await page.getByText("Draft:").waitFor();
  await Promise.all(people.map((person) => person.close()));
}

export function row(page: Page, name: string) {
  return page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name });
}

async function choose(page: Page, name: string, item: string): Promise<void> {
  await row(page, name).click({ button: "right" });
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("menu").waitFor({ state: "detached" });
}

async function newestId(person: Person, conversationId: string): Promise<string> {
  const [newest] = await person.history(conversationId, { limit: 1 });
  return newest?.id ?? "";
}

async function answer(page: Page, text: string): Promise<void> {
  await sendInApp(page, text);
  await log(page).getByText(text, { exact: true }).waitFor();
  await log(page).getByText("Queued").waitFor({ state: "detached" });
}

async function say(page: Page, person: Person, text: string): Promise<void> {
  const chat = await person.openDirect(me);
  const before = await log(page).getByRole("article").count();
  await person.send(chat.id, { text });
  await log(page).getByRole("article").nth(before).waitFor();
}

/** Whatever stands over the page. */
export async function close(page: Page): Promise<void> {
  for (const overlay of [page.getByRole("menu"), page.getByRole("dialog")]) {
    if ((await overlay.count()) === 0) continue;
    await page.keyboard.press("Escape");
    await overlay.first().waitFor({ state: "detached" });
  }
}
