import { sql } from "kysely";
import { expect, test } from "vitest";
import { collect, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

const endConnections = sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'sotto' and pid <> pg_backend_pid()`;

test("what is written while database connections are ended again and again arrives once, and in order", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const connections = collect(ben, "connection");
  const texts = Array.from({ length: 60 }, (_, index) => `${index}`);

  let ended = 0;
  for (const [index, text] of texts.entries()) {
    const sent = ada.send(chat.id, { text });
    if (index % 5 === 0) ended += (await tamper(server, endConnections)).length;
    await sent;
  }
  await got.until(({ length }) => length >= texts.length);

  expect(ended).toBeGreaterThan(10);
  expect(got.seen.map(({ text }) => text)).toEqual(texts);
  // It was the database that went away, and not the sockets.
  expect(connections.seen).toEqual([]);
  await using anew = await signIn(server.url, "ben");
  const history = await anew.history(chat.id, { limit: texts.length + 1 });
  expect(history.map(({ text }) => text)).toEqual(texts.toReversed());
  expect(history.some(({ missingBefore, tampered }) => missingBefore ?? tampered)).toBe(false);
});
