import {
  conversationPageSchema,
  type ConversationPage,
  feedHeadSchema,
  limits,
  type WireConversation,
  type WireMessage,
} from "@sotto/protocol";
import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import { isDistrust } from "./errors.ts";
import { assertConversation } from "./membership.ts";
import type { Person } from "./types.ts";
import { type Library, newConversation, personChanges } from "./library.ts";
import { type Arrival, withNewestAction, withoutUnreadActions } from "./merge.ts";
import { unindexedChanges } from "./message-records.ts";
import { emptied, receive } from "./receive.ts";
import { answeredBy } from "./requests.ts";
import { type ConversationRecord, keys, type MessageRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";

/** So many conversations are opened and committed at once; what a person wants to read goes between two such parts. */
const conversationsAtOnce = 10;

type Loaded = ConversationPage["conversations"][number];

/**
 * The first load of a new device, and the way back when the server does not know the cursor: takes the feed's head,
 * then all conversations with their newest messages. They are written in parts, those that were active last first, and
 * the cursor comes with the last part: without one, the next start begins anew. What happens in between is in the feed
 * behind that head, and merges.
 */
export function createReload(input: {
  store: Store;
  library: Library;
  api: Api;
  accountData: AccountDataSync;
  emitter: Emitter;
  own: Person;
  open: (wire: WireMessage, memberIds: readonly string[]) => Arrival;
  /** Called in the same breath as the first commit: what was in memory of the old messages is void. */
  onReplaced: () => void;
  /** All conversations are here. */
  onComplete: () => void;
  /** Something in the server's answer did not fit, and was left out. */
  onDistrust: () => void;
}): () => Promise<string> {
  const { store, library, api, accountData, emitter, own, open, onReplaced, onComplete, onDistrust } = input;

  async function conversationChanges(
    { conversation: wire, unreadCount, newest, older }: Loaded,
    known: ConversationRecord | undefined,
  ): Promise<Change[]> {
    const memberIds = wire.members.map(({ id }) => id);
    const arrivals = newest.map((message) => unannounced(open(message, memberIds)));
    const received = await receive(emptied(library), wire.id, arrivals);
    const oldest = newest.at(-1);
    const counted = {
      ...newConversation(wire, known?.opened ?? false),
      unreadCount,
      // The feed behind the head brings those that came before the list was made and do not stand in it.
      ...(older && oldest !== undefined && { countedBefore: oldest.createdAt }),
    };
    const { newActions } = received;
    const conversation: ConversationRecord = {
      ...withNewestAction(withoutUnreadActions(counted, newActions), newActions),
      oldestId: oldest?.id ?? null,
      complete: !older,
      ...(known?.answered === true ? { answered: true } : answeredBy(newest, own.id)),
    };
    return [
      ...personChanges(wire),
      ...received.changes,
      { key: keys.conversation(wire.id), value: conversation },
    ];
  }

  /** What cannot be trusted costs its own place and nothing else: the rest is still delivered. */
  async function isTrusted(wire: WireConversation): Promise<boolean> {
    try {
      await assertConversation(wire, own);
      return true;
    } catch (error) {
      if (!isDistrust(error)) throw error;
      onDistrust();
      return false;
    }
  }

  return async () => {
    await accountData.pull().catch((error: unknown) => {
      if (!isDistrust(error)) throw error;
      onDistrust();
    });
    const { cursor: head } = feedHeadSchema.parse(await api.feed.head.query());
    const loaded: Loaded[] = [];
    for await (const { conversations } of listRemote(api)) {
      const trusted = await Promise.all(conversations.map(({ conversation }) => isTrusted(conversation)));
      loaded.push(...conversations.filter((_, index) => trusted[index]));
    }
    // All at once: each change of the account data goes into the store and up to the server as a whole.
    await accountData.observe(loaded.flatMap(({ conversation }) => conversation.members));
    loaded.sort((a, b) => (activity(a) < activity(b) ? 1 : -1));
    const ids = new Set(loaded.map(({ conversation }) => conversation.id));
    const known = new Map((await library.listConversations()).map((before) => [before.id, before]));
    // A device that had everything never has less in between, whatever cuts this off.
    const atOnce = (await store.get(keys.cursor)) === undefined ? conversationsAtOnce : loaded.length;
    let position = 0;
    do {
      const isFirst = position === 0;
      const part = loaded.slice(position, position + atOnce);
      position += Math.max(atOnce, 1);
      const cursor = position < loaded.length ? null : head;
      await library.writes(async () => {
        const stale = isFirst ? await staleChanges(store, library, ids) : [];
        const changes = await Promise.all(
          part.map((entry) => conversationChanges(entry, known.get(entry.conversation.id))),
        );
        await store.commit([...stale, ...changes.flat(), { key: keys.cursor, value: cursor }]);
        if (isFirst) onReplaced();
      });
      if (isFirst) emitter.tell("conversations", undefined);
    } while (position < loaded.length);
    onComplete();
    emitter.tell("conversations", undefined);
    for (const { conversation } of loaded) emitter.tell("messages", { conversationId: conversation.id });
    return head;
  };
}

/** No handler has been given it. */
function unannounced(arrival: Arrival): Arrival {
  return arrival.kind === "message"
    ? { ...arrival, message: { ...arrival.message, unannounced: true } }
    : arrival;
}

function activity({ conversation }: Loaded): string {
  return conversation.lastMessageAt ?? conversation.createdAt;
}

/** All conversations of the signed-in person, page by page, as the server has them. */
export async function* listRemote(api: Api): AsyncGenerator<ConversationPage> {
  let after: string | undefined;
  for (;;) {
    const answer = await api.conversations.list.query({
      ...(after === undefined ? {} : { after }),
      limit: limits.conversationPage,
    });
    const page = conversationPageSchema.parse(answer);
    yield page;
    after = page.conversations.at(-1)?.conversation.id;
    if (!page.more || after === undefined) return;
  }
}

/**
 * Messages from before: after a restored backup the server may never have had them, and gaps could lie between. Those
 * that the server refused are nowhere else and stay, and so do imported ones, where their conversation does.
 */
async function staleChanges(
  store: Store,
  { searchable }: Library,
  conversationIds: ReadonlySet<string>,
): Promise<Change[]> {
  const changes: Change[] = [];
  const toIndex: MessageRecord[] = [];
  const kept = new Set<string>();
  for (const prefix of [
    "message/",
    "place/",
    "link/",
    "waiting/",
    keys.allUnindexed,
    keys.searchChunks,
    keys.conversations,
  ]) {
    for (const { key, value } of await store.list({ prefix })) {
      if (prefix === "message/") {
        const message = value as MessageRecord;
        const { conversationId, id, state } = message;
        const isImported = state === "imported" && conversationIds.has(conversationId);
        if (isImported && searchable) toIndex.push(message);
        if (isImported || state === "refused") kept.add(key).add(keys.place(conversationId, id));
      }
      if (!kept.has(key)) changes.push({ key, value: null });
    }
  }
  return [...changes, ...unindexedChanges(toIndex)];
}
