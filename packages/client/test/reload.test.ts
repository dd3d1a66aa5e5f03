import { createKeyring, encodeBase64, generateKeyPair, randomBytes } from "@sotto/crypto";
import { directConversationName, uuidOfDigest, type WireMessage } from "@sotto/protocol";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import type { AccountDataSync } from "../src/account-data.ts";
import type { Api } from "../src/api.ts";
import type { Emitter } from "../src/emitter.ts";
import { openArrival, sealMessage } from "../src/envelopes.ts";
import { createLibrary } from "../src/library.ts";
import { createReload } from "../src/reload.ts";
import { keys } from "../src/records.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import type { Change } from "../src/stores/store.ts";

function person(username: string) {
  const keyPair = generateKeyPair();
  const publicKey = encodeBase64(keyPair.publicKey);
  return { user: { id: uuid(), username, publicKey }, keyring: createKeyring(keyPair) };
}

const ada = person("ada");
const ben = person("ben");

async function conversationId(): Promise<string> {
  const name = new TextEncoder().encode(directConversationName(ada.user.id, ben.user.id));
  return uuidOfDigest(new Uint8Array(await crypto.subtle.digest("SHA-256", name)));
}

/** What Ben wrote, newest first. */
function messagesFromBen(conversation: string, count: number): WireMessage[] {
  const sealer = { userId: ben.user.id, keyring: ben.keyring, device: randomBytes(16) };
  let chain: ReturnType<typeof sealMessage>["chain"] | undefined;
  const messages: WireMessage[] = [];
  for (let number = 1; number <= count; number += 1) {
    const [id, sentAtMs] = [uuid(), Date.UTC(2026, 0, 1) + number];
    const body = { type: "text", text: `number ${number}` } as const;
    const recipient = ada.user;
    const sealed = sealMessage(sealer, {
      recipient,
      conversationId: conversation,
      messageId: id,
      body,
      sentAtMs,
      chain,
    });
    chain = sealed.chain;
    messages.unshift({
      id,
      conversationId: conversation,
      senderId: ben.user.id,
      recipientId: ada.user.id,
      content: sealed.content,
      createdAt: new Date(sentAtMs).toISOString().replace("Z", "000Z"),
      deliveredAt: null,
      readAt: null,
    });
  }
  return messages;
}

test("a first load writes each record once, and notes that no handler has seen its messages", async () => {
  const id = await conversationId();
  const newest = messagesFromBen(id, 5);
  const createdAt = "2026-01-01T00:00:00.000000Z";
  const conversation = {
    id,
    kind: "direct" as const,
    members: [ada.user, ben.user],
    createdAt,
    lastMessageAt: newest[0]?.createdAt ?? null,
  };
  const page = { conversations: [{ conversation, unreadCount: 5, newest, older: false }], more: false };
  const api = {
    feed: { head: { query: async () => ({ cursor: "5.0000000000000005" }) } },
    conversations: { list: { query: async () => page } },
  } as unknown as Api;
  const accountData = {
    pull: async () => undefined,
    observe: async () => undefined,
  } as unknown as AccountDataSync;
  const written: Change[] = [];
  const memory = memoryStore();
  const store = {
    ...memory,
    commit: async (changes: Change[]) => {
      written.push(...changes);
      await memory.commit(changes);
    },
  };
  const library = createLibrary(store, () => []);
  const nothing = () => undefined;
  const distrusted: string[] = [];
  const load = createReload({
    store,
    library,
    api,
    accountData,
    emitter: { tell: nothing } as unknown as Emitter,
    own: ada.user,
    open: (wire, memberIds) =>
      openArrival(ada.keyring, ada.user.id, () => [ben.user.publicKey], memberIds, wire),
    onReplaced: nothing,
    onComplete: nothing,
    onDistrust: () => distrusted.push("an answer"),
  });
  await load();

  expect(distrusted).toEqual([]);
  const messages = await Promise.all(newest.map((message) => library.findMessage(id, message.id)));
  expect(messages.map((message) => message?.text)).toEqual(
    [5, 4, 3, 2, 1].map((number) => `number ${number}`),
  );
  expect(messages.every((message) => message?.unannounced === true)).toBe(true);
  const names = written.map(({ key }) => key).filter((key) => key !== keys.cursor);
  expect(names.length).toBe(new Set(names).size);
});
