import { createMessenger, fileStore, memoryStore, type Message } from "@sotto/client";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, password, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

describe.each(["postgres", "pglite"] as const)("on %s", (engine) => {
  let server: ServerProcess;
  let folder = "";
  beforeAll(async () => {
    server = await startServerProcess(engine);
    folder = await mkdtemp(join(tmpdir(), "sotto-talk-"));
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test("1,000 messages both ways arrive once and in order, are delivered, then read, and a third device reads all", async () => {
    await using ada = await signUp(server.url, "ada");
    await using ben = await signUp(server.url, "ben");
    const chat = await ada.openDirect("ben");
    const adaGot = collect(ada, "message");
    const benGot = collect(ben, "message");
    const receipts = { ada: collect(ada, "receipt"), ben: collect(ben, "receipt") };

    const texts = (name: string) => Array.from({ length: 500 }, (_, index) => `${name} ${index}`);
    const sendAll = (from: typeof ada) =>
      Promise.all(texts(from.name).map((text) => from.send(chat.id, { text })));
    await Promise.all([sendAll(ada), sendAll(ben)]);
    await Promise.all([
      adaGot.until(({ length }) => length >= 500),
      benGot.until(({ length }) => length >= 500),
    ]);
    expect(adaGot.seen.map(({ text }) => text)).toEqual(texts("ben"));
    expect(benGot.seen.map(({ text }) => text)).toEqual(texts("ada"));

    const all = (state: string) => (seen: { state: string }[]) =>
      seen.filter((one) => one.state === state).length >= 500;
    await Promise.all([receipts.ada.until(all("delivered")), receipts.ben.until(all("delivered"))]);
    await ada.markRead(chat.id, adaGot.seen.at(-1)?.id ?? "");
    await ben.markRead(chat.id, benGot.seen.at(-1)?.id ?? "");
    await Promise.all([receipts.ada.until(all("read")), receipts.ben.until(all("read"))]);
    for (const { seen } of Object.values(receipts)) {
      expect(seen.map(({ state }) => state)).toEqual([
        ...Array.from({ length: 500 }, () => "delivered"),
        ...Array.from({ length: 500 }, () => "read"),
      ]);
    }

    await using third = await signIn(server.url, "ada");
    const history: Message[] = [];
    for (;;) {
      const before = history.at(-1)?.id;
      const page = await third.history(chat.id, { limit: 150, ...(before === undefined ? {} : { before }) });
      if (page.length === 0) break;
      history.push(...page);
    }
    expect(new Set(history.map(({ id }) => id)).size).toBe(1_000);
    expect(history.every(({ state }) => state === "read")).toBe(true);
    const inOrder = history.toReversed().map(({ text }) => text);
    expect(inOrder.filter((text) => text.startsWith("ada"))).toEqual(texts("ada"));
    expect(inOrder.filter((text) => text.startsWith("ben"))).toEqual(texts("ben"));
  });

  test("what is written while the server is down goes out once when it is back, in order", async () => {
    await using cleo = await signUp(server.url, "cleo");
    await using dan = await signUp(server.url, "dan");
    const chat = await cleo.openDirect("dan");
    const got = collect(dan, "message");
    await cleo.send(chat.id, { text: "before" });
    await got.until(({ length }) => length === 1);

    await server.kill();
    const sending = ["one", "two", "three"].map((text) => cleo.send(chat.id, { text }));
    expect((await cleo.history(chat.id)).map(({ text, state }) => [text, state])).toEqual([
      ["three", "queued"],
      ["two", "queued"],
      ["one", "queued"],
      ["before", expect.stringMatching(/sent|delivered/)],
    ]);
    await server.start();
    await Promise.all(sending);
    await got.until(({ length }) => length >= 4);
    expect(got.seen.map(({ text }) => text)).toEqual(["before", "one", "two", "three"]);
  });

  test("kill -9 of the server in the middle of sending loses and doubles nothing that was acknowledged", async () => {
    await using eve = await signUp(server.url, "eve");
    await using finn = await signUp(server.url, "finn");
    const chat = await eve.openDirect("finn");
    const got = collect(finn, "message");
    const sending = Array.from({ length: 300 }, (_, index) => eve.send(chat.id, { text: `${index}` }));
    await got.until(({ length }) => length >= 50);
    await server.kill();
    await server.start();
    await Promise.all(sending);
    await got.until(({ length }) => length >= 300);
    expect(got.seen.map(({ text }) => text)).toEqual(Array.from({ length: 300 }, (_, index) => `${index}`));
  });

  test("a program resumes from its file where it stopped, and sees what came in between", async () => {
    await using gus = await signUp(server.url, "gus");
    const path = join(folder, "hedy");
    const hedy = await signUp(server.url, "hedy", fileStore(path, { key: "the owner's passphrase" }));
    const chat = await gus.openDirect("hedy");
    const first = collect(hedy, "message");
    await gus.send(chat.id, { text: "awake" });
    await first.until(({ length }) => length === 1);
    await hedy.close();
    await gus.send(chat.id, { text: "asleep" });

    const store = fileStore(path, { key: "the owner's passphrase" });
    const again = await createMessenger({ url: server.url, store });
    expect(again.user?.username).toBe("hedy");
    const second = collect(again, "message");
    await second.until(({ length }) => length === 1);
    expect(second.seen.map(({ text }) => text)).toEqual(["asleep"]);
    expect((await again.history(chat.id)).map(({ text }) => text)).toEqual(["asleep", "awake"]);
    await again.close();
  });

  test("own messages show on the person's other devices, with their marks, and so does what was read there", async () => {
    await using ida = await signUp(server.url, "ida");
    await using jan = await signUp(server.url, "jan");
    await using janToo = await signIn(server.url, "jan");
    const chat = await ida.openDirect("jan");
    const onSecond = collect(janToo, "message");
    await jan.send(chat.id, { text: "from my first device" });
    const { id } = await ida.send(chat.id, { text: "to both" });
    await onSecond.until(({ length }) => length === 2);
    expect(onSecond.seen.map(({ text, state }) => [text, state])).toEqual([
      ["from my first device", "sent"],
      ["to both", "unread"],
    ]);
    expect((await janToo.conversations()).map(({ unreadCount }) => unreadCount)).toEqual([1]);
    const changed = collect(janToo, "messages");
    await jan.markRead(chat.id, id);
    await changed.until(({ length }) => length > 0);
    await expect.poll(async () => (await janToo.conversations())[0]?.unreadCount).toBe(0);
  });

  test("the recovery key gives back the account and its history with a new password, and ends the old sessions", async () => {
    await using kim = await signUp(server.url, "kim");
    await using lou = await signUp(server.url, "lou");
    const chat = await kim.openDirect("lou");
    await kim.send(chat.id, { text: "remember this" });
    const ended = collect(kim, "session");

    await using recovered = await createDisposable(server.url);
    await recovered.recover({
      username: "kim",
      recoveryKey: kim.recoveryKey.toLowerCase(),
      newPassword: "gravel sonata 1931",
    });
    expect((await recovered.history(chat.id)).map(({ text }) => text)).toEqual(["remember this"]);
    await ended.until(({ length }) => length === 1);
    expect(ended.seen).toEqual([{ user: null, reason: "ended" }]);
    expect(kim.user).toBeNull();

    await using old = await createDisposable(server.url);
    await expect(old.signIn({ username: "kim", password })).rejects.toMatchObject({
      code: "wrong-credentials",
    });
    await old.signIn({ username: "kim", password: "gravel sonata 1931" });
    expect(old.user?.username).toBe("kim");
    expect(lou.user?.username).toBe("lou");
  });

  test("a changed password signs in elsewhere, the old one no longer does, and nothing is encrypted anew", async () => {
    await using mia = await signUp(server.url, "mia");
    await using ned = await signUp(server.url, "ned");
    const chat = await mia.openDirect("ned");
    await mia.send(chat.id, { text: "kept" });
    await expect(
      mia.changePassword({ oldPassword: "not the password", newPassword: "gravel sonata 1931" }),
    ).rejects.toMatchObject({ code: "wrong-credentials" });
    await mia.changePassword({ oldPassword: password, newPassword: "gravel sonata 1931" });

    await using device = await createDisposable(server.url);
    await expect(device.signIn({ username: "mia", password })).rejects.toMatchObject({
      code: "wrong-credentials",
    });
    await device.signIn({ username: "mia", password: "gravel sonata 1931" });
    expect((await device.history(chat.id)).map(({ text }) => text)).toEqual(["kept"]);
    expect(mia.user?.username).toBe("mia");
    expect(ned.user?.username).toBe("ned");
  });

  test("a session that is revoked from another device is over at once, and its store is empty", async () => {
    await using oda = await signUp(server.url, "oda");
    const store = memoryStore();
    await using lost = await signIn(server.url, "oda", store);
    const ended = collect(lost, "session");
    const other = (await oda.sessions()).find(({ current }) => !current);
    await oda.revokeSession(other?.id ?? "");
    await ended.until(({ length }) => length === 1);
    expect(lost.user).toBeNull();
    expect(await store.list({ prefix: "" })).toEqual([]);
    expect(await oda.sessions()).toHaveLength(1);
  });

  test("people are pinned at first contact, on every device, and both compute one safety number", async () => {
    await using pia = await signUp(server.url, "pia");
    await using rob = await signUp(server.url, "rob");
    const chat = await pia.openDirect("rob");
    const number = await pia.safetyNumber(chat.peer.id);
    expect(number.digits).toMatch(/^\d{60}$/);
    expect(number.publicKey).toBe(chat.peer.publicKey);
    expect((await rob.safetyNumber(pia.user?.id ?? "")).digits).toBe(number.digits);
    expect(chat.keyChanged).toBe(false);
  });

  test("presence shows between two who both show theirs, and ends when one looks away or hides it", async () => {
    await using uma = await signUp(server.url, "uma");
    await using val = await signUp(server.url, "val");
    await using wim = await signUp(server.url, "wim");
    const ids = { uma: uma.user?.id ?? "", val: val.user?.id ?? "" };
    const chat = await uma.openDirect("val");
    await uma.send(chat.id, { text: "are you there?" });
    await val.send(chat.id, { text: "yes" });
    await uma.send((await uma.openDirect("wim")).id, { text: "and you?" });
    const sees = (who: typeof uma, userIds: string[]) =>
      expect.poll(() => who.listPresent(), { timeout: 10_000 }).toEqual(userIds);

    await Promise.all([uma.setPresent(true), val.setPresent(true), wim.setPresent(true)]);
    await uma.setSettings({ presence: true });
    expect(await uma.listPresent()).toEqual([]);
    await val.setSettings({ presence: true });
    // A subscription is made anew for it, and nothing promises that the first signal finds it.
    const again = setInterval(() => void val.setPresent(false).then(() => val.setPresent(true)), 300);
    await sees(val, [ids.uma]);
    clearInterval(again);
    await val.setPresent(true);
    await sees(uma, [ids.val]);
    expect(await wim.listPresent()).toEqual([]);

    await val.setPresent(false);
    await sees(uma, []);
    await val.setPresent(true);
    await sees(uma, [ids.val]);
    await val.setSettings({ presence: false });
    await sees(uma, []);
    expect(await val.listPresent()).toEqual([]);
  });

  test("typing shows while it happens", async () => {
    await using sue = await signUp(server.url, "sue");
    await using tom = await signUp(server.url, "tom");
    const chat = await sue.openDirect("tom");
    const seen = collect(tom, "typing");
    // Nothing promises a typing mark to a subscription that is just being made: say it until it is heard.
    const typing = setInterval(() => void sue.sendTyping(chat.id).catch(() => undefined), 50);
    await seen.until(({ length }) => length > 0);
    clearInterval(typing);
    expect(seen.seen[0]).toEqual({ conversationId: chat.id, userId: sue.user?.id });
  });
});

async function createDisposable(url: string) {
  const messenger = await createMessenger({ url, store: memoryStore() });
  return Object.assign(Object.create(messenger) as typeof messenger, {
    [Symbol.asyncDispose]: () => messenger.close(),
  });
}
