import { createKeyring, encodeBase64, generateKeyPair, randomBytes } from "@sotto/crypto";
import type { SendResult } from "@sotto/protocol";
import { describe, expect, test } from "vitest";
import type { AccountDataSync } from "../src/account-data.ts";
import type { Api } from "../src/api.ts";
import type { Blocks } from "../src/blocks.ts";
import { createEmitter } from "../src/emitter.ts";
import { createGate } from "../src/gate.ts";
import { createLibrary } from "../src/library.ts";
import { createOutbox } from "../src/outbox.ts";
import { keys } from "../src/records.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

const conversationId = "c";
const text = { type: "text", text: "hello" } as const;

type Sending = { messages: { id: string }[] };

/** Ada's outbox for a conversation with Ben; `answer` is the server. */
async function start(
  answer: (sending: Sending) => Promise<{ results: SendResult[] }>,
  online = true,
  store = memoryStore(),
) {
  const library = createLibrary(store, () => []);
  const ben = { id: "ben", username: "ben", publicKey: encodeBase64(generateKeyPair().publicKey) };
  await store.commit([
    { key: keys.person("ben"), value: ben },
    {
      key: keys.conversation(conversationId),
      value: {
        id: conversationId,
        kind: "direct",
        memberIds: ["ada", "ben"],
        createdAt: "2026-01-01T00:00:00.000000Z",
        lastMessageAt: null,
        unreadCount: 0,
        oldestId: null,
        complete: true,
      },
    },
  ]);
  const emitter = createEmitter();
  const outbox = createOutbox({
    store,
    library,
    api: { messages: { send: { mutate: answer } } } as unknown as Api,
    accountData: { isRefused: () => false } as unknown as AccountDataSync,
    blocks: { isBlocked: () => false } as unknown as Blocks,
    emitter,
    sealer: { userId: "ada", keyring: createKeyring(generateKeyPair()), device: randomBytes(16) },
    isOnline: () => online,
  });
  return { store, library, outbox, emitter };
}

test("what is written while the messenger closes is kept, and whoever waits for it hears of the end", async () => {
  const { store, library, outbox } = await start(() => Promise.reject(new Error("not online")), false);
  const gate = createGate();
  const held = library.writes(() => gate.opened);
  const adding = outbox.add(conversationId, text);
  outbox.close();
  gate.open();
  await held;
  const { sent } = await adding;
  await expect(sent).rejects.toMatchObject({ code: "closed" });
  expect(await store.list({ prefix: keys.outbox })).toHaveLength(1);
});

test("what meets an emptied store while the messenger closes fails as closed, whatever it missed there", async () => {
  const { store, library, outbox } = await start(() => Promise.reject(new Error("not online")), false);
  const gate = createGate();
  const held = library.writes(() => gate.opened);
  const adding = outbox.add(conversationId, text);
  outbox.close();
  await store.commit([{ key: keys.person("ben"), value: null }]);
  gate.open();
  await held;
  await expect(adding).rejects.toMatchObject({ code: "closed" });
});

test("a message that the feed brought is sent, and no later refusal takes that back", async () => {
  const createdAt = "2026-01-02T00:00:00.000000Z";
  const { store, library, outbox, emitter } = await start(async ({ messages }) => {
    const id = messages[0]?.id ?? "";
    await library.writes(async () => {
      const arrived = await outbox.arrived(id, createdAt);
      await store.commit(arrived?.changes ?? []);
      arrived?.committed();
    });
    return { results: [{ status: "refused", id, reason: "unknown-conversation", message: "No." }] };
  });
  let answered: () => void = () => undefined;
  const dealtWith = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const { sent } = await outbox.add(conversationId, text);
  // It is told once when it is queued, and once when the answer has been dealt with.
  emitter.on("messages", answered);
  const { id } = await sent;
  await dealtWith;
  expect(await library.findMessage(conversationId, id)).toMatchObject({ state: "sent", createdAt });
  expect(await store.get(keys.voids(conversationId, "ben"))).toBeUndefined();
});

describe("a message whose id the caller made", () => {
  const id = "0199a000-0000-7000-8000-000000000001";

  test("goes out once, however often it is given, and everyone who gave it hears of it", async () => {
    const createdAt = "2026-01-02T00:00:00.000000Z";
    const sendings: string[][] = [];
    const { outbox } = await start(async ({ messages }) => {
      sendings.push(messages.map((message) => message.id));
      return { results: messages.map((message) => ({ status: "stored", id: message.id, createdAt })) };
    });
    const given = await Promise.all([
      outbox.add(conversationId, text, { id }),
      outbox.add(conversationId, text, { id }),
    ]);
    const again = await given[0]?.sent.then(() => outbox.add(conversationId, text, { id }));
    const sent = await Promise.all([...given, again].map((one) => one?.sent));
    expect(sent).toEqual([
      { id, createdAt },
      { id, createdAt },
      { id, createdAt },
    ]);
    expect(sendings).toEqual([[id]]);
  });

  test("is still the same one after a restart", async () => {
    const { store, outbox } = await start(() => Promise.reject(new Error("not online")), false);
    await outbox.add(conversationId, text, { id });
    const { outbox: next } = await start(() => Promise.reject(new Error("not online")), false, store);
    await next.load();
    await next.add(conversationId, text, { id });
    expect(next.queuedMessages(conversationId).map((message) => message.id)).toEqual([id]);
  });
});
