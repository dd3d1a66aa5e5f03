import { createMessenger, fileStore, memoryStore, SottoError } from "@sotto/client";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, password, signUp } from "../src/people.ts";
import { startLeakyProxy } from "../src/leaky-proxy.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let folder = "";
beforeAll(async () => {
  server = await startServerProcess("pglite");
  folder = await mkdtemp(join(tmpdir(), "sotto-lifecycle-"));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("a bot that is closed in the middle of a backlog handles the rest after its next start, each at least once", async () => {
  await using ada = await signUp(server.url, "ada");
  const path = join(folder, "bot");
  const bot = await signUp(server.url, "bot", fileStore(path));
  const chat = await ada.openDirect("bot");
  await bot.close();
  const texts = Array.from({ length: 60 }, (_, index) => `${index}`);
  await Promise.all(texts.map((text) => ada.send(chat.id, { text })));

  const answered: string[] = [];
  const first = await createMessenger({ url: server.url, store: fileStore(path) });
  const closed = new Promise<void>((resolve) => {
    first.on("message", async ({ conversationId, text }) => {
      await first.send(conversationId, { text: `re ${text}` });
      answered.push(text);
      if (answered.length === 5) void first.close().then(resolve);
    });
  });
  await closed;
  expect(answered.length).toBeLessThan(60);

  const second = await createMessenger({ url: server.url, store: fileStore(path) });
  const rest = new Promise<void>((resolve) => {
    second.on("message", async ({ conversationId, text }) => {
      await second.send(conversationId, { text: `re ${text}` });
      answered.push(text);
      if (text === "59") resolve();
    });
  });
  await rest;
  await second.close();
  expect([...new Set(answered)]).toEqual(texts);
  // One may have been under way at the end, and comes again.
  expect(answered.length).toBeLessThanOrEqual(61);
});

test("what was written without a server goes out in frames that it takes, and in order", async () => {
  await using bea = await signUp(server.url, "bea");
  await using cem = await signUp(server.url, "cem");
  const chat = await bea.openDirect("cem");
  const arrived = collect(cem, "message");
  await server.kill();
  const texts = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(50_000));
  for (const text of texts) await bea.queue.send(chat.id, { text });
  expect((await bea.history(chat.id)).map(({ state }) => state)).toEqual(texts.map(() => "queued"));
  await server.start();
  const messages = await arrived.until(({ length }) => length === texts.length);
  expect(messages.map(({ text }) => text)).toEqual(texts);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).not.toMatch(/code="1009"/);
});

test("a handler that closes the messenger does not wait for itself for ever", async () => {
  await using cleo = await signUp(server.url, "cleo");
  await using dan = await signUp(server.url, "dan");
  const chat = await cleo.openDirect("dan");
  const stopped = new Promise<void>((resolve) => {
    dan.on("message", async () => {
      await dan.close();
      resolve();
    });
  });
  await cleo.send(chat.id, { text: "stop" });
  await stopped;
  await expect(dan.conversations()).rejects.toMatchObject({ code: "closed" });
  await expect(dan.signIn({ username: "dan", password })).rejects.toMatchObject({ code: "closed" });
});

test("after signing out nothing of the account is left in the store, and the same messenger can sign in again", async () => {
  const path = join(folder, "eve");
  const eve = await signUp(server.url, "eve", fileStore(path));
  const sessions = collect(eve, "session");
  expect(await readFile(path, "utf8")).toContain("secretKey");
  await eve.signOut();
  expect(await readFile(path, "utf8")).not.toContain("secretKey");
  expect(sessions.seen).toEqual([{ user: null, reason: "signed-out" }]);

  await eve.signIn({ username: "eve", password });
  expect(eve.user?.username).toBe("eve");
  expect(eve.connection).toBe("online");
  await eve.close();
});

test("whose store was taken over leaves it as it is, and says of no end but to who asked for it", async () => {
  const store = memoryStore();
  const takenOver = { ...store, erase: () => Promise.reject(new SottoError("store-in-use", "Taken over.")) };
  await signUp(server.url, "ida", store).then((ida) => ida.close());
  const former = await createMessenger({ url: server.url, store: takenOver });
  const told = collect(former, "session");
  await expect(former.signOut()).rejects.toMatchObject({ code: "store-in-use" });
  expect([former.user, told.seen]).toEqual([null, []]);
  await former.close();

  // The server ended the session that both have: the one that took over hears of it, and really erases.
  const successor = await createMessenger({ url: server.url, store });
  await expect.poll(() => store.list({ prefix: "" })).toEqual([]);
  expect(successor.user).toBeNull();
  await successor.close();
});

test("whose store the browser erased is signed out once, however often it hears of it, and can sign in again", async () => {
  const inner = memoryStore();
  let lose = () => {};
  const store = { ...inner, onLost: (handler: () => void) => void (lose = handler) };
  const jon = await signUp(server.url, "jon", store);
  const told = collect(jon, "session");
  lose();
  await inner.erase();
  lose();
  lose();
  await told.until(({ length }) => length > 0);
  await jon.signIn({ username: "jon", password });
  lose();
  expect(await jon.conversations()).toEqual([]);
  expect(told.seen.map(({ reason }) => reason)).toEqual(["evicted", "signed-in"]);
  await jon.close();
});

test("an account survives an answer to its sign-up that never arrived, recovery key included", async () => {
  // Cuts the first answer of `registerFinish` off, after the server has made the account.
  const { fetch } = globalThis;
  let cut = false;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!cut && new Request(input).url.includes("registerFinish")) {
      cut = true;
      throw new TypeError("fetch failed");
    }
    return response;
  };
  const store = memoryStore();
  const finn = await signUp(server.url, "finn", store);
  globalThis.fetch = fetch;
  expect(cut).toBe(true);
  expect(finn.user?.username).toBe("finn");
  const again = await createMessenger({ url: server.url, store: memoryStore() });
  await again.recover({ username: "finn", recoveryKey: finn.recoveryKey, newPassword: "gravel sonata 1931" });
  expect(again.user?.username).toBe("finn");
  await again.close();
  await finn.close();
});

test("a message that arrives in the middle of a device's first load is announced, and once", async () => {
  await using gus = await signUp(server.url, "gus");
  await using hal = await signUp(server.url, "hal");
  const chat = await gus.openDirect("hal");
  await gus.send(chat.id, { text: "before" });

  // Between the head of the feed and the conversations, where the first load meets it and the feed brings it again.
  const { fetch } = globalThis;
  let sent = false;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!sent && new Request(input).url.includes("feed.head")) {
      sent = true;
      await gus.send(chat.id, { text: "in between" });
    }
    return response;
  };
  const device = await createMessenger({ url: server.url, store: memoryStore() });
  const got = collect(device, "message");
  await device.signIn({ username: "hal", password });
  globalThis.fetch = fetch;
  expect(sent).toBe(true);
  await gus.send(chat.id, { text: "after" });
  await got.until((seen) => seen.some(({ text }) => text === "after"));
  expect(got.seen.map(({ text }) => text)).toEqual(["in between", "after"]);
  expect((await device.history(chat.id)).map(({ text }) => text)).toEqual(["after", "in between", "before"]);
  expect((await device.conversations()).map(({ unreadCount }) => unreadCount)).toEqual([3]);
  await device.close();
  expect(hal.user?.username).toBe("hal");
});

test("a first load that was still under way when one signed out leaves nothing with whoever signs in next", async () => {
  await using proxy = await startLeakyProxy(server.url);
  await using nina = await signUp(server.url, "nina");
  await using otis = await signUp(server.url, "otis");
  await (await signUp(server.url, "pola")).close();
  const ninasChat = await nina.openDirect("pola");
  await nina.send(ninasChat.id, { text: "between nina and pola" });
  const otisChat = await otis.openDirect("pola");
  await otis.send(otisChat.id, { text: "between otis and pola" });

  const path = join(folder, "shared");
  const device = await createMessenger({ url: proxy.url, store: fileStore(path) });
  const list = proxy.hold("conversations.list");
  let entered = false;
  const entering = device.signIn({ username: "nina", password }).finally(() => {
    entered = true;
  });
  await list.held;
  await device.signOut();
  await expect.poll(() => entered, { timeout: 5_000 }).toBe(true);
  await device.signIn({ username: "otis", password });
  await list.pass();
  await entering;
  const sent = await device.send(otisChat.id, { text: "once more" });
  await expect.poll(async () => (await device.message(otisChat.id, sent.id))?.state).toBe("sent");
  await device.close();

  const again = await createMessenger({ url: server.url, store: fileStore(path) });
  expect((await again.conversations()).map(({ id }) => id)).toEqual([otisChat.id]);
  expect((await again.history(otisChat.id)).map(({ text }) => text)).toEqual([
    "once more",
    "between otis and pola",
  ]);
  await again.close();
});
