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
  const messages = arrivals.filter((arrival) => arrival.kind === "message");
  const actions = arrivals.filter((arrival) => arrival.kind === "action");
  const arrived = new Set(messages.map(({ message }) => message.id));
  // All are asked for at once: one after the other, each would be a way to the database and back.
  const [known, places, waiting] = await Promise.all([
    findAll([...arrived, ...actions.map(({ target }) => target)], (id) =>
      source.findMessage(conversationId, id),
    ),
    findAll(
      actions.map(({ action }) => action.id),
      (id) => source.findPlace(conversationId, id),
    ),
    source.listWaiting(conversationId, [...arrived]),
  ]);
  const changes: Change[] = [];
  for (const arrival of actions) {
    const place = places.get(arrival.action.id);
    // Where it could not be opened before, it stood there as a message.
    if (place !== undefined) changes.push({ key: keys.message({ conversationId, ...place }), value: null });
    changes.push(...actionChanges(arrival));
  }
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
    newActions: actions.filter(({ action }) => !places.has(action.id)),
  };
}

/** What came from a file before the server gave it is new. */
function isNew(before: MessageRecord | undefined, message: MessageRecord): boolean {
  return before === undefined || (before.state === "imported" && message.state !== "imported");
}

/** What there is of these ids. */
async function findAll<T>(
  ids: readonly string[],
  find: (id: string) => Promise<T | undefined>,
): Promise<Map<string, T>> {
  const found = await Promise.all([...new Set(ids)].map(async (id) => [id, await find(id)] as const));
  return new Map(found.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}
