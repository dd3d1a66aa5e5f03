import type { Library } from "./library.ts";
import { actionChanges, messageChanges, unindexedChanges } from "./message-records.ts";
import { type Arrival, mergeArrivals } from "./merge.ts";
import { type ActionRecord, keys, type MessageRecord } from "./records.ts";
import type { Change } from "./stores/store.ts";

export type Source = Pick<Library, "findMessage" | "findPlace" | "listWaiting" | "searchable">;

/** A store that is about to be filled anew. */
export function emptied({ searchable }: Library): Source {
  return {
    searchable,
    findMessage: async () => undefined,
    findPlace: async () => undefined,
    listWaiting: async () => [],
  };
}

export type Received = {
  /** What has to be committed. */
  changes: Change[];
  /** The messages that were touched, as they are now. */
  messages: Map<string, MessageRecord>;
  /** Those that were not here before. */
  newMessages: MessageRecord[];
  newActions: ActionRecord[];
};

/** Takes arrivals of one conversation in: `mergeArrivals` with what the store knows. Inside `library.writes`. */
export async function receive(
  source: Source,
  conversationId: string,
  arrivals: readonly Arrival[],
): Promise<Received> {
  const known = new Map<string, MessageRecord>();
  const targets = new Set<string>();
  const seen = new Set<string>();
  const changes: Change[] = [];
  for (const arrival of arrivals) {
    const id = arrival.kind === "message" ? arrival.message.id : arrival.target;
    const message = known.get(id) ?? (await source.findMessage(conversationId, id));
    if (message !== undefined) known.set(id, message);
    if (arrival.kind === "message") targets.add(id);
    if (arrival.kind === "action") {
      const place = await source.findPlace(conversationId, arrival.action.id);
      if (place !== undefined) {
        seen.add(arrival.action.id);
        // Where it could not be opened before, it stood there as a message.
        changes.push({ key: keys.message({ conversationId, ...place }), value: null });
      }
      changes.push(...actionChanges(arrival));
    }
  }
  const waiting = await source.listWaiting(conversationId, [...targets]);
  const merged = mergeArrivals(known, waiting, arrivals);
  for (const message of merged.messages.values()) {
    const before = known.get(message.id);
    // A file may have said another time.
    if (before !== undefined && before.createdAt !== message.createdAt)
      changes.push({ key: keys.message(before), value: null });
    changes.push(...messageChanges(message));
  }
  if (source.searchable) changes.push(...unindexedChanges([...merged.messages.values()]));
  // Their messages are here now.
  for (const { target, action } of waiting) {
    changes.push({ key: keys.waitingAction(conversationId, target, action.id), value: null });
  }
  for (const entry of merged.waiting) {
    changes.push({ key: keys.waitingAction(conversationId, entry.target, entry.action.id), value: entry });
  }
  return {
    changes,
    messages: merged.messages,
    newMessages: [...merged.messages.values()].filter((message) => isNew(known.get(message.id), message)),
    newActions: arrivals.flatMap((arrival) =>
      arrival.kind === "action" && !seen.has(arrival.action.id) ? [arrival] : [],
    ),
  };
}

/** What came from a file before the server gave it is new. */
function isNew(before: MessageRecord | undefined, message: MessageRecord): boolean {
  return before === undefined || (before.state === "imported" && message.state !== "imported");
}
