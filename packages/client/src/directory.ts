import { parsePublicKey, safetyNumber } from "@sotto/crypto";
import { conversationSchema, userSchema, type WireConversation } from "@sotto/protocol";
import * as z from "zod/mini";
import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import type { Blocks } from "./blocks.ts";
import type { Emitter } from "./emitter.ts";
import { SottoError } from "./errors.ts";
import { listRemote } from "./reload.ts";
import type { History } from "./history.ts";
import { type Library, newConversation, personChanges } from "./library.ts";
import { publicMessage } from "./message-records.ts";
import { assertConversation, assertPeer } from "./membership.ts";
import { type ConversationRecord, keys } from "./records.ts";
import type { Preferences } from "./preferences.ts";
import type { Store } from "./stores/store.ts";
import type { Conversation, Person, SafetyNumber } from "./types.ts";

export type Directory = ReturnType<typeof createDirectory>;

/** People and conversations as a screen shows them. */
export function createDirectory(input: {
  store: Store;
  library: Library;
  history: History;
  api: Api;
  accountData: AccountDataSync;
  blocks: Blocks;
  preferences: Preferences;
  emitter: Emitter;
  own: Person;
}) {
  const { store, library, history, api, accountData, blocks, preferences, emitter, own } = input;

  async function getPerson(id: string): Promise<Person> {
    const known = id === own.id ? own : await library.findPerson(id);
    if (known !== undefined) return known;
    return userSchema.parse(await api.users.get.query({ userId: id }));
  }

  async function view(record: ConversationRecord, findPerson = getPerson): Promise<Conversation> {
    const members = await Promise.all(record.memberIds.map(findPerson));
    const newest = await history.newest(record);
    const lastMessage = newest === null ? null : publicMessage(newest);
    const peer = members.find(({ id }) => id !== own.id) ?? own;
    return {
      id: record.id,
      kind: record.kind,
      members,
      peer,
      keyChanged: accountData.isKeyChanged(peer),
      keyRefused: accountData.isRefused(peer),
      keyChanges: accountData.keyChangeTimes(peer.id).map((at) => new Date(at).toISOString()),
      verified: accountData.isVerified(peer),
      blocked: blocks.isBlocked(peer.id),
      request: preferences.isRequest(record),
      createdAt: record.createdAt,
      lastMessage,
      ...preferences.of(record.id, lastMessage),
      unreadCount: record.unreadCount,
    };
  }

  return {
    /** Newest activity first. One that nobody wrote in shows only to who opened it. */
    async list(): Promise<Conversation[]> {
      const records = await library.listConversations();
      const people = await library.mapPeople();
      const findPerson = async (id: string) => people.get(id) ?? (await getPerson(id));
      const views = await Promise.all(records.map((record) => view(record, findPerson)));
      const writtenOrOpened = new Set(
        records.filter(({ opened, lastMessageAt }) => opened || lastMessageAt !== null).map(({ id }) => id),
      );
      return views
        .filter(({ id, lastMessage }) => lastMessage !== null || writtenOrOpened.has(id))
        .sort((a, b) => (activity(a) < activity(b) ? 1 : -1));
    },
    /** @throws SottoError `unknown-conversation` */
    async get(conversationId: string): Promise<Conversation> {
      return view(await library.getConversation(conversationId));
    },
    async openDirect(username: string): Promise<Conversation> {
      const wire = conversationSchema.parse(await api.conversations.openDirect.mutate({ username }));
      assertPeer(wire, own, username);
      await assertConversation(wire, own);
      // Whom one looks for oneself is no stranger, on no device. It goes up with what `observe` has to say.
      const before = await library.findConversation(wire.id);
      if (before?.answered !== true) await preferences.accept(wire.id);
      await accountData.observe(wire.members);
      const record = await library.writes(async () => {
        const known = (await library.findConversation(wire.id)) ?? newConversation(wire, true);
        const next: ConversationRecord = { ...known, opened: true };
        await store.commit([...personChanges(wire), { key: keys.conversation(wire.id), value: next }]);
        return next;
      });
      emitter.tell("conversations", undefined);
      return view(record);
    },
    /**
     * Makes sure that the store knows a conversation that somebody else just opened: its event may still be on the
     * way. Its messages are too, so nothing but the conversation itself is taken over here.
     */
    async learn(conversationId: string): Promise<{ request: boolean }> {
      const known = await library.findConversation(conversationId);
      if (known !== undefined) return { request: preferences.isRequest(known) };
      const wire = await findRemote(api, conversationId);
      if (wire === undefined) throw new SottoError("unknown-conversation", "There is no such conversation.");
      await assertConversation(wire, own);
      await accountData.observe(wire.members);
      await library.writes(async () => {
        if ((await library.findConversation(conversationId)) !== undefined) return;
        const record: ConversationRecord = { ...newConversation(wire, false), complete: true };
        await store.commit([...personChanges(wire), { key: keys.conversation(wire.id), value: record }]);
      });
      return { request: true };
    },
    async search(prefix: string): Promise<Person[]> {
      return z.array(userSchema).parse(await api.users.search.query({ prefix }));
    },
    blocked: (): Promise<Person[]> => Promise.all(blocks.listIds().map(getPerson)),
    /** @throws SottoError `unknown-conversation` */
    async acceptRequest(conversationId: string): Promise<void> {
      await library.getConversation(conversationId);
      await preferences.accept(conversationId);
      await accountData.push().catch(() => undefined);
    },
    async acceptKey(userId: string, publicKey: string): Promise<void> {
      const person = await getPerson(userId);
      assertCurrent(person, publicKey);
      await accountData.acceptKey(person);
      emitter.tell("conversations", undefined);
      await accountData.push().catch(() => undefined);
    },
    async setVerified(userId: string, verified: boolean, comparedKey?: string): Promise<void> {
      const person = await getPerson(userId);
      if (comparedKey !== undefined) assertCurrent(person, comparedKey);
      await accountData.setVerified(person, verified);
      emitter.tell("conversations", undefined);
      await accountData.push();
    },
    /** Compares the key that messages are sealed for now. */
    async safetyNumber(userId: string): Promise<SafetyNumber> {
      if (userId === own.id)
        throw new SottoError("to-yourself", "A safety number is between you and someone else.");
      const person = await getPerson(userId);
      const digits = safetyNumber(
        { userId: own.id, publicKey: parsePublicKey(own.publicKey) },
        { userId: person.id, publicKey: parsePublicKey(person.publicKey) },
      );
      return { digits, publicKey: person.publicKey };
    },
  };
}

/** What a person decides about a key counts for the one that they were shown. */
function assertCurrent(person: Person, publicKey: string): void {
  if (publicKey === person.publicKey) return;
  throw new SottoError("key-changed", `The key of ${person.username} changed meanwhile. Compare again.`);
}

async function findRemote(api: Api, conversationId: string): Promise<WireConversation | undefined> {
  for await (const { conversations } of listRemote(api)) {
    const found = conversations.find(({ conversation }) => conversation.id === conversationId);
    if (found !== undefined) return found.conversation;
  }
  return undefined;
}

function activity(conversation: Conversation): string {
  return conversation.lastMessage?.createdAt ?? conversation.createdAt;
}
