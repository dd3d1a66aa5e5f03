import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signIn, signUp, untilShown } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess("postgres");
});
afterAll(() => server[Symbol.asyncDispose]());

/** Another person's key in the place of someone's. */
const swapKey = (of: string, to: string) => sql`
  update users set public_key = (select public_key from users where username = ${to}) where username = ${of}`;

test("a key that is swapped after first contact shows on every device, and stops sending once the old one was verified", async () => {
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  await using mallory = await signUp(server.url, "mallory");
  const chat = await ada.openDirect("ben");
  await ada.send(chat.id, { text: "before" });
  expect([chat.keyChanged, chat.verified]).toEqual([false, false]);
  await ada.setVerified(chat.peer.id, true);
  expect((await ada.openDirect("ben")).verified).toBe(true);

  await tamper(server, swapKey("ben", "mallory"));
  const swapped = await ada.openDirect("ben");
  expect([swapped.keyChanged, swapped.verified]).toEqual([true, false]);
  await expect(ada.send(chat.id, { text: "after" })).rejects.toMatchObject({
    code: "key-changed",
    message: expect.stringMatching(/ben/),
  });

  // A new device meets ben under the swapped key, but knows the first one from the account data.
  await using second = await signIn(server.url, "ada");
  const [onSecond] = await second.conversations();
  expect(onSecond).toMatchObject({ id: chat.id, keyChanged: true, verified: false });
  await expect(second.send(chat.id, { text: "after" })).rejects.toMatchObject({ code: "key-changed" });
  expect((await second.history(chat.id)).map(({ text }) => text)).toEqual(["before"]);

  expect((await ben.history(chat.id)).map(({ text }) => text)).toEqual(["before"]);
  expect(await mallory.conversations()).toEqual([]);
});

test("an accepted key ends the stop on all devices, for itself alone, and what changed when stays known", async () => {
  await using cleo = await signUp(server.url, "cleo");
  await (await signUp(server.url, "dora")).close();
  await using emil = await signUp(server.url, "emil");
  await using fay = await signUp(server.url, "fay");
  const chat = await cleo.openDirect("dora");
  await cleo.setVerified(chat.peer.id, true);
  await using second = await signIn(server.url, "cleo");

  await tamper(server, swapKey("dora", "emil"));
  const swapped = await cleo.openDirect("dora");
  expect(swapped).toMatchObject({ keyRefused: true, keyChanges: [expect.stringMatching(/^20.*Z$/)] });
  expect(swapped.peer.publicKey).not.toBe(chat.peer.publicKey);
  await expect(cleo.acceptKey(chat.peer.id, chat.peer.publicKey)).rejects.toMatchObject({
    code: "key-changed",
  });
  await cleo.acceptKey(chat.peer.id, swapped.peer.publicKey);
  await cleo.send(chat.id, { text: "to the new key" });
  const accepted = { keyChanged: false, keyRefused: false, verified: false, keyChanges: swapped.keyChanges };
  expect((await cleo.conversations())[0]).toMatchObject(accepted);
  await second.openDirect("dora");
  await untilShown(second, ({ keyRefused, lastMessage }) => !keyRefused && lastMessage !== null);
  await second.send(chat.id, { text: "from the other device" });
  expect((await second.conversations())[0]).toMatchObject(accepted);

  await tamper(server, swapKey("dora", "fay"));
  for (const device of [cleo, second]) {
    expect((await device.openDirect("dora")).keyRefused).toBe(true);
    await expect(device.send(chat.id, { text: "to a third" })).rejects.toMatchObject({ code: "key-changed" });
  }
  expect((await cleo.conversations())[0]?.keyChanges).toHaveLength(2);
  expect([await emil.conversations(), await fay.conversations()]).toEqual([[], []]);
});

test("a new key of somebody who was never verified stops nothing, and is a change until it is accepted", async () => {
  await using gus = await signUp(server.url, "gus");
  await (await signUp(server.url, "hedy")).close();
  await (await signUp(server.url, "ivan")).close();
  const chat = await gus.openDirect("hedy");
  await tamper(server, swapKey("hedy", "ivan"));
  const swapped = await gus.openDirect("hedy");
  expect(swapped).toMatchObject({ keyChanged: true, keyRefused: false });
  expect(swapped.keyChanges).toHaveLength(1);
  await gus.send(chat.id, { text: "all the same" });
  await gus.acceptKey(chat.peer.id, swapped.peer.publicKey);
  expect((await gus.conversations())[0]).toMatchObject({ keyChanged: false, keyChanges: swapped.keyChanges });
});
