import { startCursor, type WireMessage } from "@sotto/protocol";
import type { AccountDataSync } from "../src/account-data.ts";
import type { Api } from "../src/api.ts";
import { createEmitter } from "../src/emitter.ts";
import { createFeedApplier } from "../src/feed-applier.ts";
import { nextEvents } from "../src/feed.ts";
import { createLibrary, newConversation } from "../src/library.ts";
import { createOlderPages } from "../src/older-pages.ts";
import type { Outbox } from "../src/outbox.ts";
import type { Preferences } from "../src/preferences.ts";
import { withPrivateReading } from "../src/private-reading.ts";
import { createReadMarks } from "../src/read-marks.ts";
import { type ConversationRecord, keys, type Place } from "../src/records.ts";
import { createRecount } from "../src/recount.ts";
import { createReload } from "../src/reload.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import type { Store } from "../src/stores/store.ts";
import type { Person } from "../src/types.ts";
import type { createModelServer } from "./model-server.ts";
import { openModel } from "./model-server.ts";

type Server = ReturnType<typeof createModelServer>;

/** Everything of a device that takes in messages and marks, on a store that outlives it. It can be killed. */
export function createModelDevice(server: Server, own: Person, conversationId: string) {
  const memory = memoryStore();
  let commitsLeft = Number.POSITIVE_INFINITY;
  /** Only what comes later than this is handed over as it was written; all else is read, with its marks. */
  let liveFrom = 0;
  /** How far this person read on another device without telling the server. */
  let privately: Place | null = null;
  let life = begin();

  /** As a device that was signed in before the conversation began. */
  async function start(): Promise<void> {
    await memory.commit([{ key: keys.cursor, value: startCursor }]);
  }

  function begin() {
    liveFrom = server.length();
    let dead = false;
    const online = { value: true };
    /** Answers that are on their way; those of a killed device never arrive. */
    let answers: (() => void)[] = [];
    const store: Store = {
      ...memory,
      async commit(changes) {
        if (dead || commitsLeft <= 0) throw new Error("killed");
        commitsLeft -= 1;
        await memory.commit(changes);
      },
    };
    const library = createLibrary(store, () => []);
    const emitter = createEmitter();
    let meanwhile: () => void = () => undefined;
    const api = {
      feed: {
        head: {
          query: async () => {
            const cursor = server.head();
            meanwhile();
            return { cursor };
          },
        },
      },
      conversations: {
        list: {
          query: async () => {
            liveFrom = server.length();
            return server.list();
          },
        },
      },
      messages: {
        history: {
          query: ({ before }: { before?: string }) => {
            const answer = server.history(before);
            return new Promise((resolve) => answers.push(() => resolve(answer)));
          },
        },
        markRead: { mutate: async ({ messageId }: { messageId: string }) => server.read(messageId) },
      },
    } as unknown as Api;
    const accountData = {
      pull: async () => undefined,
      observe: async () => undefined,
    } as unknown as AccountDataSync;
    const preferences = {
      settings: () => ({ readReceipts: true, typing: true, presence: true }),
      isKeptFrom: () => false,
      listPrivatelyRead: () => (privately === null ? [] : [conversationId]),
      readPlace: () => privately,
    } as unknown as Preferences;
    const outbox = { arrived: async () => null } as unknown as Outbox;
    const open = (wire: WireMessage) => openModel(own.id, withPrivateReading(wire, own.id, preferences));
    const ignore = () => undefined;
    const onDistrust = () => {
      throw new Error("The model's server is honest.");
    };
    const parts = { store, library, api, accountData, preferences, emitter, own, open, onDistrust };
    const loadOlder = createOlderPages({ ...parts, ownId: own.id });
    const recount = createRecount({ ...parts, loadOlder, isOnline: () => !dead });
    const onReadElsewhere = () => recount.resume();
    const applier = createFeedApplier({ ...parts, outbox, device: "00", onReadElsewhere });
    const reload = createReload({ ...parts, onReplaced: ignore, onComplete: ignore });
    return {
      store,
      library,
      online,
      applier,
      loadOlder,
      recount,
      readMarks: createReadMarks({ ...parts, isOnline: () => online.value && !dead, onReadElsewhere }),
      reload: (during: () => void) => {
        meanwhile = during;
        return reload();
      },
      answer: () => {
        const due = answers;
        answers = [];
        for (const resolve of due) resolve();
      },
      kill: () => {
        dead = true;
        recount.close();
        answers = [];
      },
    };
  }

  async function cursor(): Promise<string | undefined> {
    return (await memory.get(keys.cursor)) as string | undefined;
  }

  async function findConversation(): Promise<ConversationRecord | undefined> {
    return (await memory.get(keys.conversation(conversationId))) as ConversationRecord | undefined;
  }

  function restart(): void {
    life.kill();
    commitsLeft = Number.POSITIVE_INFINITY;
    life = begin();
  }

  /** A device that was killed in the middle of it starts again. */
  async function unlessKilled(task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof Error && error.message === "killed")) throw error;
      restart();
    }
  }

  return {
    start,
    restart,
    /** So many commits from now on; with the next one it is killed. */
    killAfter(commits: number): void {
      commitsLeft = commits;
    },
    /** The server sends `count` events, beginning `again` before the device's place; `current`: with the marks of
     * today. */
    receive: (again: number, count: number, current: boolean) =>
      unlessKilled(async () => {
        const at = await cursor();
        if (at === undefined) return;
        const seq = Number((at ?? startCursor).split(".")[0]);
        const from = Math.max(1, seq + 1 - again);
        const events = nextEvents(
          server.events(from, seq + count, current ? Number.POSITIVE_INFINITY : liveFrom),
          at,
        );
        if (events !== "hole") await life.applier.apply(events);
      }),
    /** The person looks for the other one and opens the conversation, as `openDirect` does. */
    open: () =>
      unlessKilled(async () => {
        if ((await cursor()) === undefined) return;
        const { conversation } = server.list().conversations[0] ?? {};
        if (conversation === undefined) return;
        await life.library.writes(async () => {
          const known = (await findConversation()) ?? newConversation(conversation, true);
          const value = { ...known, opened: true };
          await life.store.commit([{ key: keys.conversation(conversationId), value }]);
        });
      }),
    /** Asks for an older page; what it brings is there after `settle`. */
    async askForOlder(): Promise<void> {
      const conversation = await findConversation();
      if (conversation === undefined || conversation.complete) return;
      void unlessKilled(() => life.loadOlder(conversation));
    },
    async settle(): Promise<void> {
      const { library } = life;
      life.answer();
      // The answers first get to where they are written.
      await new Promise((resolve) => setImmediate(resolve));
      await library.writes(() => Promise.resolve());
    },
    reload: (during: () => void) => unlessKilled(() => life.reload(during)),
    /** The person looks at the newest message that is here but for so many. */
    look: (butFor: number, online: boolean) =>
      unlessKilled(async () => {
        const conversation = await findConversation();
        if (conversation === undefined) return;
        const messages = await life.library.listMessages(conversation, { limit: butFor + 1 });
        const message = messages.at(-1);
        if (message === undefined) return;
        life.online.value = online;
        await life.readMarks.mark(conversationId, message.id);
      }),
    goOnline: () =>
      unlessKilled(async () => {
        life.online.value = true;
        life.recount.resume();
        await life.readMarks.flush();
      }),
    readPrivately: (place: Place) =>
      unlessKilled(async () => {
        privately = place;
        await life.readMarks.applyPrivate();
      }),
    cursor,
    /** Messages, newest first, with their states and times, and the number of those that are unread. */
    async state() {
      const conversation = await findConversation();
      if (conversation === undefined) return null;
      const messages = await life.library.listMessages(conversation, { limit: 1_000 });
      const { complete, unreadCount } = conversation;
      return {
        complete,
        unreadCount,
        messages: messages.map(({ id, state, deliveredAt, readAt }) => ({ id, state, deliveredAt, readAt })),
      };
    },
  };
}
