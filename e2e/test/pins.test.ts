import { sql } from "kysely";
import { expect, test } from "vitest";
import { signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

/** Another person's key in the place of someone's. */
const swapKey = (of: string, to: string) => sql`
  update users set public_key = (select public_key from users where username = ${to}) where username = ${of}`;

test("a key that is swapped after first contact shows on every device, and stops sending once the old one was verified", async () => {
  await using server = await startServerProcess("postgres");
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
