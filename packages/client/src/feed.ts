import { TRPCClientError } from "@trpc/client";
import { type FeedEvent, feedBatchSchema, parseCursor, startCursor } from "@sotto/protocol";
import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import { backoffMs } from "./backoff.ts";
import type { FeedApplier } from "./feed-applier.ts";
import { keys } from "./records.ts";
import { createSerial } from "./serial.ts";
import type { Store } from "./stores/store.ts";

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
  /** Replaces what the store holds by what the server has, and gives the feed's head from before that. */
  reload: () => Promise<string>;
  /** An answer was not what it must be; it is asked for again. */
  onDistrust: () => void;
}) {
  const { store, api, applier, accountData, reload, onDistrust } = input;
  const serial = createSerial();
  let cursor: string | null = null;
  let subscription: { unsubscribe(): void } | null = null;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let acknowledged: string | null = null;
  let acknowledging = false;

  function subscribe(from: string): void {
    subscription?.unsubscribe();
    const current = api.feed.subscribe.subscribe(
      { cursor: from },
      {
        onData: ({ data }) =>
          void serial(() => (subscription === current ? receive(data) : Promise.resolve())).catch(restart),
        onError: restart,
        onComplete: () => {
          if (subscription === current) restart();
        },
      },
    );
    subscription = current;
  }

  async function receive(data: unknown): Promise<void> {
    const batch = feedBatchSchema.parse(data);
    if (batch.kind === "resync") {
      cursor = await reload();
      subscribe(cursor);
      return;
    }
    const next = nextEvents(batch.events, cursor ?? startCursor);
    if (next === "hole") {
      subscribe(cursor ?? startCursor);
      return;
    }
    const last = next.at(-1);
    if (last === undefined) return;
    await applier.apply(next);
    cursor = last.cursor;
    failures = 0;
    acknowledge();
    if (next.some(({ kind }) => kind === "account")) await accountData.pull().then(accountData.push);
  }

  function restart(error?: unknown): void {
    subscription?.unsubscribe();
    subscription = null;
    if (closed) return;
    // Whatever did not come from the connection came from what the server said.
    if (error !== undefined && !(error instanceof TRPCClientError)) onDistrust();
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => void start(), backoffMs(failures));
    failures += 1;
  }

  async function start(): Promise<void> {
    await serial(async () => {
      if (closed) return;
      cursor = ((await store.get(keys.cursor)) as string | undefined) ?? (await reload());
      if (!closed) subscribe(cursor);
    }).catch(restart);
  }

  /** Tells the server how far this device has stored the feed: cumulative, one call at a time, repeated by the next. */
  function acknowledge(): void {
    if (acknowledging || closed || cursor === null || cursor === acknowledged || cursor === startCursor)
      return;
    acknowledging = true;
    const sent = cursor;
    api.messages.acknowledge
      .mutate({ cursor: sent })
      .then(() => {
        acknowledged = sent;
        acknowledging = false;
        acknowledge();
      })
      .catch(() => {
        acknowledging = false;
      });
  }

  return {
    start,
    /** After each new connection: what the last one may have lost on its way. */
    acknowledge,
    async close(): Promise<void> {
      closed = true;
      clearTimeout(retryTimer);
      subscription?.unsubscribe();
      subscription = null;
      await serial(() => Promise.resolve());
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
