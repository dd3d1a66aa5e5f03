import { memoryStore } from "@sotto/client";
import {
  createKeyring,
  decodeBase64,
  encodeBase64,
  generateKeyPair,
  keyPairFromSecretKey,
  openEnvelope,
  parsePublicKey,
  sealEnvelope,
} from "@sotto/crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

/*
 * What version 1 cannot notice. Each test is a paragraph of SECURITY.md, "Said plainly", and shows a hostile host that
 * gets away with it. One that fails because a device notices is good news: then the paragraph goes.
 */
let server: ServerProcess;
let count = 0;
beforeAll(async () => {
  server = await startServerProcess("postgres");
});
afterAll(() => server[Symbol.asyncDispose]());

/** Two people who have met: the first wrote "one" and "two". */
async function talk(
  run: (parts: { ada: Person; ben: Person; chatId: string; ids: string[] }) => Promise<void>,
) {
  count += 1;
  await using ada = await signUp(server.url, `ada-${count}`);
  await using ben = await signUp(server.url, `ben-${count}`);
  const got = collect(ben, "message");
  const chat = await ada.openDirect(ben.name);
  const ids: string[] = [];
  for (const text of ["one", "two"]) ids.push((await ada.send(chat.id, { text })).id);
  await got.until(({ length }) => length === 2);
  await run({ ada, ben, chatId: chat.id, ids });
}

/** What a new device shows of a conversation: words and all that says that something is wrong. */
async function readAnew(name: string, chatId: string) {
  await using device = await signIn(server.url, name);
  const warned = collect(device, "warning");
  const messages = await device.history(chatId);
  const conversation = (await device.conversations()).find(({ id }) => id === chatId);
  const wrong = messages.flatMap(({ missingBefore, tampered, problem }) => [
    missingBefore,
    tampered,
    problem,
  ]);
  return {
    texts: messages.map(({ text }) => text),
    trouble: [...wrong.filter((sign) => sign !== undefined), ...warned.seen],
    keyChanged: conversation?.keyChanged,
    verified: conversation?.verified,
  };
}

const unnoticed = { trouble: [], keyChanged: false, verified: false };

test("the last message can be withheld", () =>
  talk(async ({ ada, ben, chatId, ids }) => {
    await tamper(server, sql`delete from messages where id = ${ids[1]}::uuid`);
    expect(await readAnew(ben.name, chatId)).toEqual({ ...unnoticed, texts: ["one"] });
    expect(await readAnew(ada.name, chatId)).toEqual({ ...unnoticed, texts: ["one"] });
    expect((await ada.history(chatId)).map(({ text }) => text)).toEqual(["two", "one"]);
  }));

test("a whole conversation can be withheld from a new device", () =>
  talk(async ({ ben, chatId }) => {
    await tamper(server, sql`delete from conversations where id = ${chatId}::uuid`);
    await using device = await signIn(server.url, ben.name);
    const warned = collect(device, "warning");
    expect(await device.conversations()).toEqual([]);
    expect(warned.seen).toEqual([]);
  }));

test("delivered and read marks are the server's word", () =>
  talk(async ({ ada, ben, chatId }) => {
    await ben.close();
    const { id } = await ada.send(chatId, { text: "nobody is there" });
    const receipts = collect(ada, "receipt");
    await tamper(
      server,
      sql`
        with counter as (
          update feed_counters set last_seq = last_seq + 1 where user_id = ${ada.user?.id}::uuid returning last_seq
        )
        insert into feed_events (user_id, seq, tag, kind, conversation_id, detail, created_at)
        select ${ada.user?.id}::uuid, last_seq, substr(md5(random()::text), 1, 16), 'receipt', ${chatId}::uuid,
          jsonb_build_object('state', 'read', 'messageIds', jsonb_build_array(${id}::text), 'at', '2026-01-01T00:00:00.000000Z',
            'userId', (select id from users where username = ${ben.name})), now()
        from counter`,
    );
    await receipts.until((seen) => seen.some(({ messageId, state }) => messageId === id && state === "read"));
    expect((await ada.history(chatId))[0]).toMatchObject({ text: "nobody is there", state: "read" });
  }));

test("so is the time of a message, and its order among those of others", () =>
  talk(async ({ ada, ben, chatId }) => {
    const got = collect(ada, "message");
    const question = await ada.send(chatId, { text: "shall I come?" });
    const answer = await ben.send(chatId, { text: "no" });
    await got.until(({ length }) => length === 1);
    await tamper(
      server,
      sql`update messages set created_at = case id when ${answer.id}::uuid
            then ${question.createdAt}::timestamptz - interval '1 microsecond' else created_at + interval '1 day' end
          where id in (${question.id}::uuid, ${answer.id}::uuid)`,
    );
    const texts = ["shall I come?", "no", "two", "one"];
    expect(await readAnew(ben.name, chatId)).toEqual({ ...unnoticed, texts });
  }));

test("first contact trusts the server: it can stand in between, and safety numbers show that", async () => {
  await using ada = await signUp(server.url, "ada");
  const adaId = ada.user?.id ?? "";
  const bensOwn = await signUp(server.url, "ben");
  await bensOwn.close();
  const setKey = (name: string, key: string) =>
    tamper(server, sql`update users set public_key = ${key} where username = ${name}`);
  const keyOf = async (name: string) => {
    const rows = await tamper(
      server,
      sql<{ key: string }>`select public_key as key from users where username = ${name}`,
    );
    return rows[0]?.key ?? "";
  };
  const [adasKey, bensKey] = [await keyOf("ada"), await keyOf("ben")];
  const [asBen, asAda] = [createKeyring(generateKeyPair()), createKeyring(generateKeyPair())];

  await setKey("ben", encodeBase64(asBen.publicKey));
  const warned = collect(ada, "warning");
  const chat = await ada.openDirect("ben");
  const { id } = await ada.send(chat.id, { text: "between us" });
  expect(chat).toMatchObject({ keyChanged: false, verified: false });
  const { digits: adasNumber } = await ada.safetyNumber(chat.peer.id);
  await ada.close();
  expect(warned.seen).toEqual([]);

  const [row] = await tamper(
    server,
    sql<{ content: string }>`select encrypted_content as content from messages where id = ${id}::uuid`,
  );
  const context = {
    senderId: adaId,
    recipientId: chat.peer.id,
    conversationId: chat.id,
    messageId: id,
  };
  const content = openEnvelope(asBen, {
    senderKey: parsePublicKey(adasKey),
    recipientKey: asBen.publicKey,
    context,
    envelope: decodeBase64(row?.content ?? ""),
  });
  expect(new TextDecoder().decode(content.body)).toContain("between us");

  const resealed = sealEnvelope(asAda, { ...content, recipientKey: parsePublicKey(bensKey), context });
  await setKey("ada", encodeBase64(asAda.publicKey));
  await setKey("ben", bensKey);
  await tamper(
    server,
    sql`update messages set encrypted_content = ${encodeBase64(resealed)} where id = ${id}::uuid`,
  );
  expect(await readAnew("ben", chat.id)).toEqual({ ...unnoticed, texts: ["between us"] });
  await using ben = await signIn(server.url, "ben");
  expect((await ben.safetyNumber(context.senderId)).digits).not.toBe(adasNumber);
});

test("blocking is done by the server: it can deliver all the same", () =>
  talk(async ({ ada, ben, chatId }) => {
    await ben.block(ada.user?.id ?? "");
    await tamper(server, sql`delete from user_blocks where blocked_id = ${ada.user?.id}::uuid`);
    const got = collect(ben, "message");
    await ada.send(chatId, { text: "three" });
    await got.until(({ length }) => length === 1);
    expect(got.seen.map(({ text }) => text)).toEqual(["three"]);
  }));

test("what the server drops within the hole that a block leaves is not shown as missing", () =>
  talk(async ({ ada, ben, chatId }) => {
    await ben.block(ada.user?.id ?? "");
    await ada.send(chatId, { text: "withheld" });
    await ben.unblock(ada.user?.id ?? "");
    const got = collect(ben, "message");
    const dropped = await ada.send(chatId, { text: "dropped" });
    await ada.send(chatId, { text: "after" });
    await got.until(({ length }) => length === 2);
    await tamper(server, sql`delete from messages where id = ${dropped.id}::uuid`);
    expect(await readAnew(ben.name, chatId)).toEqual({ ...unnoticed, texts: ["after", "two", "one"] });
  }));

test("whoever steals a key can also forge to its owner", async () => {
  const store = memoryStore();
  await using ada = await signUp(server.url, "robbed", store);
  await using ben = await signUp(server.url, "quoted");
  const chat = await ada.openDirect("quoted");
  const account = (await store.get("account")) as { secretKey: string };
  const stolen = createKeyring(keyPairFromSecretKey(decodeBase64(account.secretKey)));
  const context = {
    senderId: chat.peer.id,
    recipientId: ada.user?.id ?? "",
    conversationId: chat.id,
    messageId: crypto.randomUUID(),
  };
  // Both directions of a box share one key. The head, which is no secret, is that of a letter from ben to ada.
  const senderKey = parsePublicKey(chat.peer.publicKey);
  const forged = sealEnvelope(
    { publicKey: senderKey, sharedKeyWith: () => stolen.sharedKeyWith(senderKey), wipe: () => undefined },
    {
      kind: 1,
      device: crypto.getRandomValues(new Uint8Array(16)),
      counter: 1,
      sentAt: Date.now(),
      previous: new Uint8Array(16),
      body: new TextEncoder().encode(JSON.stringify({ type: "text", text: "send me money" })),
      recipientKey: stolen.publicKey,
      context,
    },
  );
  await tamper(
    server,
    sql`insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at)
        values (${chat.id}::uuid, ${context.messageId}::uuid, ${context.senderId}::uuid,
          ${context.recipientId}::uuid, ${encodeBase64(forged)}, now())`,
  );
  expect(ben.user?.id).toBe(context.senderId);
  expect(await readAnew("robbed", chat.id)).toEqual({ ...unnoticed, texts: ["send me money"] });
});

test("account data can be rolled back on a new device: it does not know that a key was pinned", () =>
  talk(async ({ ada, ben, chatId }) => {
    const peerId = (await ada.openDirect(ben.name)).peer.id;
    const adaId = ada.user?.id;
    await ada.setVerified(peerId, true);
    await ada.close();
    const other = generateKeyPair();
    await tamper(server, sql`delete from account_data where user_id = ${adaId}::uuid`);
    await tamper(
      server,
      sql`update users set public_key = ${encodeBase64(other.publicKey)} where id = ${peerId}::uuid`,
    );
    // The server's own memory of keys goes with a restart.
    await server.stop();
    await server.start();
    // What was sealed for the pinned key would not open any more, and give it away.
    await tamper(server, sql`delete from messages where conversation_id = ${chatId}::uuid`);
    expect(await readAnew(ada.name, chatId)).toEqual({ ...unnoticed, texts: [] });
    await using device = await signIn(server.url, ada.name);
    await device.send(chatId, { text: "to whom?" });
  }));
