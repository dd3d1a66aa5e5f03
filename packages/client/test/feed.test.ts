import type { FeedEvent } from "@sotto/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AccountDataSync } from "../src/account-data.ts";
import type { Api } from "../src/api.ts";
import { createFeedApplier } from "../src/feed-applier.ts";
import { createFeed } from "../src/feed.ts";
import { SottoError } from "../src/errors.ts";
import { keys } from "../src/records.ts";
import type { Store } from "../src/stores/store.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const cursorOf = (seq: number) => `${seq}.${String(seq).padStart(16, "0")}`;
const account = (seq: number, version: number): FeedEvent => ({
  kind: "account",
  cursor: cursorOf(seq),
  version,
});

type Handlers = { onData: (data: unknown) => void };

/** A feed from cursor 0 whose server the test plays; only account events come. */
async function start(pull: () => Promise<void>) {
  const memory = memoryStore();
  let committed: () => void = () => undefined;
  const store: Store = {
    ...memory,
    async commit(changes) {
      await memory.commit(changes);
      committed();
    },
  };
  await store.commit([{ key: keys.cursor, value: "0" }]);
  const subscriptions: { from: string; handlers: Handlers }[] = [];
  let arrived: () => void = () => undefined;
  const subscribe = ({ cursor }: { cursor: string }, handlers: Handlers) => {
    subscriptions.push({ from: cursor, handlers });
    arrived();
    return { unsubscribe: () => undefined };
  };
  const acknowledge = () => Promise.resolve();
  const api = {
    feed: { subscribe: { subscribe } },
    messages: { acknowledge: { mutate: acknowledge } },
  } as unknown as Api;
  let distrusted = 0;
  const onDistrust = () => {
    distrusted += 1;
  };
  const accountData = {
    pull,
    // What the feed does must not wait for it.
    push: () => new Promise(() => undefined),
    pushSoon: () => undefined,
  } as unknown as AccountDataSync;
  const parts = { store, accountData, onDistrust } as Parameters<typeof createFeedApplier>[0];
  const applier = createFeedApplier(parts);
  const reload = () => Promise.reject(new Error("not asked for"));
  const feed = createFeed({ store, api, applier, accountData, ownId: "ada", reload, onDistrust });
  await feed.start();
  return {
    store,
    distrusted: () => distrusted,
    /** The server says something on the newest subscription. */
    say(...events: FeedEvent[]): void {
      const data = { kind: "events", events };
      subscriptions.at(-1)?.handlers.onData({ data });
    },
    async subscribed(count: number): Promise<string[]> {
      while (subscriptions.length < count) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
      return subscriptions.map(({ from }) => from);
    },
    async reached(cursor: string): Promise<void> {
      while ((await store.get(keys.cursor)) !== cursor) {
        await new Promise<void>((resolve) => {
          committed = resolve;
        });
      }
      await feed.close();
    },
  };
}

test("an event that is not the next one begins the subscription anew from the last one", async () => {
  const feed = await start(() => Promise.resolve());
  feed.say(account(1, 1));
  feed.say(account(3, 3));
  expect(await feed.subscribed(2)).toEqual(["0", cursorOf(1)]);
  feed.say(account(2, 2), account(3, 3));
  await feed.reached(cursorOf(3));
});

test("account data that could not be had when it was announced is asked for until it is here", async () => {
  let asked = 0;
  const feed = await start(() => {
    asked += 1;
    return asked === 1 ? Promise.reject(new Error("no network")) : Promise.resolve();
  });
  feed.say(account(1, 5));
  expect(await feed.subscribed(2)).toEqual(["0", "0"]);
  expect(await feed.store.get(keys.cursor)).toBe("0");
  feed.say(account(1, 5), account(2, 6));
  await feed.reached(cursorOf(2));
  expect(asked).toBe(2);
});

test("account data that does not open is said, and keeps nothing behind it from arriving", async () => {
  const feed = await start(() => Promise.reject(new SottoError("untrusted-answer", "It does not open.")));
  feed.say(account(1, 5), account(2, 6));
  await feed.reached(cursorOf(2));
  expect(feed.distrusted()).toBe(1);
});

test("a slow answer to what this device stores in the account data holds up nothing that follows", async () => {
  const feed = await start(() => Promise.resolve());
  feed.say(account(1, 1));
  feed.say(account(2, 2));
  await feed.reached(cursorOf(2));
});
