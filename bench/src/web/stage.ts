/** A server with a year of history, and a browser with a device on which all of it has arrived. */
import { memoryStore } from "@sotto/client";
import { decodeBase64, keyPairFromSecretKey } from "@sotto/crypto";
import { signInInApp } from "@sotto/e2e/app";
import { launchBrowser, type TestBrowser } from "@sotto/e2e/browser";
import { type Person, signIn, signUp } from "@sotto/e2e/people";
import { launchServer } from "@sotto/e2e/server-process";
import type { BrowserContext, Page } from "playwright-core";
import { makeFolder } from "../databases.ts";
import { startBenchPostgres } from "../postgres.ts";
import { addProbe } from "./probe.ts";
import { type Chat, type Member, seedHistory, type Size } from "./seed-history.ts";

export type Stage = {
  url: string;
  size: Size;
  /** Its version. */
  postgres: string;
  /** Newest first; the first one is with `friend`, the second one is the longest. */
  chats: Chat[];
  friend: Person;
  /** Empty, with the probe in every page. */
  openBrowser: (options?: Parameters<TestBrowser["newContext"]>[0]) => Promise<BrowserContext>;
  /** Empty as well, until `loadEverything`. */
  device: BrowserContext;
};

export const readerName = "clara";
const friendName = "mira";
/** For what hangs. The history takes its time: the app loads it politely, page by page. */
const loadTimeoutMs = 15 * 60_000;

export async function onStage<Result>(
  size: Size,
  say: (text: string) => void,
  perform: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  await using postgres = await startBenchPostgres();
  await using folder = await makeFolder();
  const databaseUrl = await postgres.create("web");
  await using server = await startServer({ DATA_DIR: folder.path, DATABASE_URL: databaseUrl });
  const { url } = server;
  const reader = await createPerson(url, readerName);
  const chats = await seedHistory(databaseUrl, { reader, friend: await createPerson(url, friendName), size });
  say(`${size.messages} messages in ${size.conversations} conversations are written`);

  await using browser = await launchBrowser(["--disable-smooth-scrolling"]);
  const openBrowser: Stage["openBrowser"] = async (options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(60_000);
    await addProbe(context);
    return context;
  };
  const device = await openBrowser();
  await using friend = await signIn(url, friendName);
  return await perform({ url, size, postgres: postgres.version, chats, friend, openBrowser, device });
}

async function startServer(env: Record<string, string>): Promise<AsyncDisposable & { url: string }> {
  const server = await launchServer(env);
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server.stop();
    },
  };
}

/** Signs somebody up as an app does, and gives what their device knows. */
async function createPerson(url: string, username: string): Promise<Member> {
  const store = memoryStore();
  await using person = await signUp(url, username, store);
  const { secretKey } = (await store.get("account")) as { secretKey: string };
  return { id: person.user?.id ?? "", username, keyPair: keyPairFromSecretKey(decodeBase64(secretKey)) };
}

/** Signs in on the device, and waits until it has all of the history in its store and in its index. */
export async function loadEverything({ device, url }: Stage): Promise<void> {
  const page = await device.newPage();
  await page.goto(url);
  await signInInApp(page, readerName);
  await waitForIndex(page);
  await page.close();
}

/** The search says how far back it sees until it sees everything. */
export async function waitForIndex(page: Page): Promise<void> {
  await openPalette(page);
  await page.getByRole("combobox").fill("m");
  // A message: people and conversations are there before the index says anything.
  await page.locator("[role=option] mark").first().waitFor();
  await page.locator("[role=dialog] progress").waitFor({ state: "detached", timeout: loadTimeoutMs });
  await closePalette(page);
}

export async function openPalette(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
}

export async function closePalette(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("combobox").waitFor({ state: "detached" });
}
