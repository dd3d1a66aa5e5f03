import { type FeedEvent, feedBatchSchema, parseCursor, startCursor } from "@sotto/protocol";
import { createAcknowledger } from "./acknowledger.ts";
import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import { backoffMs } from "./backoff.ts";
import { isDistrust } from "./errors.ts";
import type { FeedApplier } from "./feed-applier.ts";
import { keys } from "./records.ts";
import { createSerial } from "./serial.ts";
import type { Store } from "./stores/store.ts";
import { within } from "./within.ts";

const closeTimeoutMs = 1_500;

/**
 * Follows the user's feed from the store's cursor. An event is applied only if it has the next number: a smaller one
 * was applied before, a larger one means that something is missing, and the subscription starts again from the
 * cursor. Where the server does not know the cursor, everything is loaded anew.
 */
export function createFeed(input: {
  store: Store;
  api: Api;
  applier: FeedApplier;
  accountData: AccountDataSync;
  ownId: string;
  /** Replaces what the store holds by what the server has, and gives the feed's head from before that. */
  reload: () => Promise<string>;
  /** An answer was not what it must be; it is asked for again. */
  onDistrust: () => void;
}) {
  const { store, api, applier, accountData, ownId, reload, onDistrust } = input;
  const serial = createSerial();
  let cursor: string | null = null;
  let subscription: { unsubscribe(): void } | null = null;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const acknowledger = createAcknowledger((reached) => api.messages.acknowledge.mutate({ cursor: reached }));

  function subscribe(from: string): void {
    subscription?.unsubscribe();
    const current = api.feed.subscribe.subscribe(
      { cursor: from },
      {
        onData: ({ data }) => void serial(() => ifCurrent(() => receive(data))).catch(restart),
        onError: (error) => void ifCurrent(() => restart(error)),
        onComplete: () => void ifCurrent(() => restart()),
      },
    );
    subscription = current;

    /** What an earlier subscription still says comes too late. */
    async function ifCurrent(task: () => Promise<void> | void): Promise<void> {
      if (subscription === current) await task();
    }
  }

  function follow(from: string): void {
    cursor = from;
    if (closed) return;
    subscribe(from);
    // Also what was loaded rather than received has arrived.
    acknowledger.reach(from);
  }

  async function receive(data: unknown): Promise<void> {
    const batch = feedBatchSchema.parse(data);
    if (batch.kind === "resync") return follow(await reload());
    const next = nextEvents(batch.events, cursor ?? startCursor);
    if (next === "hole") return follow(cursor ?? startCursor);
    const first = next.findIndex(({ kind }) => kind === "account");
    if (first === -1) return apply(next);
    await apply(next.slice(0, first));
    await pullAccountData();
    await apply(next.slice(first));
    accountData.pushSoon();
  }

  async function apply(events: FeedEvent[]): Promise<void> {
    const last = await applier.apply(events);
    if (last === undefined) return;
    cursor = last.cursor;
    failures = 0;
    // Nobody waits to hear that a mark or the echo of an own message has arrived.
    if (events.some(isForOwn)) acknowledger.reach(last.cursor);
  }

  /**
   * Before the cursor passes what announces it: nothing would ask for it again. It is the newest, so once is enough for
   * all that stands in one batch. What does not open would not open the next time either.
   */
  async function pullAccountData(): Promise<void> {
    try {
      await accountData.pull();
    } catch (error) {
      if (!isDistrust(error)) throw error;
      onDistrust();
    }
  }

  function restart(error?: unknown): void {
    subscription?.unsubscribe();
    subscription = null;
    if (closed) return;
    if (isDistrust(error)) onDistrust();
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void start(), backoffMs(failures));
    failures += 1;
  }

  async function start(): Promise<void> {
    await serial(async () => {
      if (closed) return;
      follow(((await store.get(keys.cursor)) as string | undefined) ?? (await reload()));
    }).catch(restart);
  }

  function isForOwn(event: FeedEvent): boolean {
    return event.kind === "message" && event.message.recipientId === ownId;
  }

  return {
    start,
    /** To be called after each new connection. */
    acknowledge: acknowledger.repeat,
    /**
     * Begins nothing new, and waits for what is being applied: not for ever, since a handler may itself be waiting
     * for this. A message whose handler has not settled by then comes again at the next start.
     */
    async close(): Promise<void> {
      closed = true;
      applier.stop();
      clearTimeout(retryTimer);
      subscription?.unsubscribe();
      subscription = null;
      await within(closeTimeoutMs, Promise.all([serial(() => Promise.resolve()), acknowledger.close()]));
      applier.close();
    },
  };
}

/** The events that follow `cursor` without a gap, or `hole` where the next one is missing. */
export function nextEvents(events: FeedEvent[], cursor: string): FeedEvent[] | "hole" {
  let seq = parseCursor(cursor)?.seq ?? 0;
  const next: FeedEvent[] = [];
  for (const event of events) {
    const eventSeq = parseCursor(event.cursor)?.seq ?? 0;
    if (eventSeq <= seq) continue;
    if (eventSeq !== seq + 1) return next.length === 0 ? "hole" : next;
    next.push(event);
    seq = eventSeq;
  }
  return next;
}
