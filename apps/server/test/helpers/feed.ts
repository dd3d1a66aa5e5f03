import type { FeedEvent } from "@sotto/protocol";
import type { Api } from "./api.ts";
import { createInbox } from "./inbox.ts";

/** Subscribes to a feed and collects its events; "resync" stands for the answer that the cursor means nothing. */
export function followFeed(api: Api, cursor: string, lastEventId?: string) {
  const inbox = createInbox<FeedEvent | "resync">();
  const input = lastEventId === undefined ? { cursor } : { cursor, lastEventId };
  const subscription = api.feed.subscribe.subscribe(input, {
    onData({ data }) {
      if (data.kind === "resync") inbox.push("resync");
      else for (const event of data.events) inbox.push(event);
    },
  });
  const isKind =
    <Kind extends FeedEvent["kind"]>(kind: Kind) =>
    (event: FeedEvent | "resync"): event is Extract<FeedEvent, { kind: Kind }> =>
      event !== "resync" && event.kind === kind;

  return {
    /** Everything so far. */
    seen: inbox.items,
    take: (count: number) => inbox.take(count),
    /** The first `count` events of a kind. */
    async takeKind<Kind extends FeedEvent["kind"]>(kind: Kind, count: number) {
      return (await inbox.take(count, isKind(kind))).filter(isKind(kind));
    },
    stop: () => subscription.unsubscribe(),
  };
}
