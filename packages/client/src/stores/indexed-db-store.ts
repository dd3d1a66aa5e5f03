import { randomBytes } from "@sotto/crypto";
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { SottoError } from "../errors.ts";
import { openValue, sealValue } from "./record-cipher.ts";
import { prefixEnd } from "./sorted-records.ts";
import type { Store } from "./store.ts";
import { unwrapKey, wrapKey, type WrappedKey } from "./wrapped-key.ts";

/**
 * `records` holds sealed values; `keys` holds the storage key, wrapped by a WebCrypto key that cannot be read out, and
 * who opened the database last: a random id of that opening.
 */
type Schema = DBSchema & {
  records: { key: string; value: Uint8Array };
  keys: { key: "storage" | "owner"; value: WrappedKey | string };
};

const openAttempts = 3;

type Opened = { database: IDBPDatabase<Schema>; storageKey: Uint8Array; owner: string };

/**
 * A store in the browser's IndexedDB, for pages and workers of a secure context.
 *
 * Values are sealed under a random storage key that is kept wrapped (AES-256-GCM) by a non-extractable WebCrypto key:
 * no script can read that key out, and a search of the disk finds no words. It does not stop someone who copies the
 * whole profile, where browsers keep such keys too. Sealing itself is synchronous, because an IndexedDB transaction
 * ends while anything else is awaited.
 *
 * Whoever opened it last is the only one that writes and erases. A browser gives a closed tab's Web Locks to the next
 * worker while the worker of that tab may run on for a moment: what that one still commits would be unknown to the
 * other, and what it erases would be the other's.
 */
export function indexedDbStore(name = "sotto"): Store {
  let opening: Promise<Opened> | null = null;
  let onLost = () => {};

  function open(): Promise<Opened> {
    if (opening !== null) return opening;
    const current: Promise<Opened> = openDatabase(name, () => {
      // A handle that is closed answers nothing any more; whatever comes next opens the database again.
      if (opening !== current) return;
      opening = null;
      onLost();
    }).catch((error: unknown) => {
      if (opening === current) opening = null;
      throw error instanceof SottoError
        ? error
        : new SottoError(
            "store-unreadable",
            "This browser does not let the page keep data (IndexedDB). A private window or full disk can be the reason.",
            { cause: error },
          );
    });
    opening = current;
    return current;
  }

  return {
    async get(key) {
      const { database, storageKey } = await open();
      const sealed = await database.get("records", key);
      return sealed && openValue(storageKey, key, sealed);
    },
    async list({ prefix, before, after, limit = Number.POSITIVE_INFINITY, reverse = false }) {
      const { database, storageKey } = await open();
      const end = prefixEnd(prefix);
      const upper = before !== undefined && before < end ? before : end;
      const isAfter = after !== undefined && after >= prefix;
      const lower = isAfter ? after : prefix;
      if (upper <= lower) return [];
      const { store } = database.transaction("records");
      let range = IDBKeyRange.bound(lower, upper, isAfter, true);
      if (reverse && Number.isFinite(limit)) {
        const first = await findFromEnd(store, range, limit);
        if (first !== undefined) range = IDBKeyRange.bound(first, upper, false, true);
      }
      const count = Number.isFinite(limit) ? limit : undefined;
      const [keys, values] = await Promise.all([store.getAllKeys(range, count), store.getAll(range, count)]);
      const entries = keys.flatMap((key, index) => {
        const sealed = values[index];
        return sealed === undefined ? [] : [{ key, value: openValue(storageKey, key, sealed) }];
      });
      return reverse ? entries.toReversed() : entries;
    },
    /** @throws SottoError `store-in-use` when somebody has opened it since */
    async commit(changes) {
      const { database, storageKey, owner } = await open();
      const sealed = changes.map(({ key, value }) => ({
        key,
        bytes: value === null ? null : sealValue(storageKey, key, value),
      }));
      const transaction = database.transaction(["records", "keys"], "readwrite");
      if ((await transaction.objectStore("keys").get("owner")) !== owner) {
        await transaction.done;
        throw takenOver();
      }
      const records = transaction.objectStore("records");
      const writes = sealed.map(({ key, bytes }) =>
        bytes === null ? records.delete(key) : records.put(bytes, key),
      );
      await Promise.all([...writes, transaction.done]);
    },
    /** @throws SottoError `store-in-use` when somebody has opened it since */
    async erase() {
      const { database, storageKey, owner } = await open();
      const transaction = database.transaction("keys", "readwrite");
      if ((await transaction.store.get("owner")) !== owner) {
        await transaction.done;
        throw takenOver();
      }
      opening = null;
      storageKey.fill(0);
      // Before the transaction ends, and with it the time in which nobody else can become the owner: whoever does so
      // later does it in the next database.
      const deleted = deleteDB(name);
      database.close();
      await Promise.all([transaction.done, deleted]);
    },
    async close() {
      const opened = await opening;
      opening = null;
      opened?.database.close();
    },
    onLost(handler) {
      onLost = handler;
    },
  };
}

function takenOver(): SottoError {
  return new SottoError("store-in-use", "Another tab has taken over.");
}

/**
 * The key that has `count - 1` others of the range behind it; undefined where the range has fewer. What lies from there
 * on is then read at once: a cursor would go to the database and back for each record.
 */
async function findFromEnd(
  store: IDBPObjectStore<Schema, ["records"], "records">,
  range: IDBKeyRange,
  count: number,
): Promise<string | undefined> {
  const last = await store.openKeyCursor(range, "prev");
  const first = count > 1 ? await last?.advance(count - 1) : last;
  return first?.key;
}

/** `onLost` hears of what it gave. A database that is deleted while it is being opened is opened again, a few times. */
async function openDatabase(name: string, onLost: () => void): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    const state = { isGiven: false, isLost: false };
    const lose = () => {
      state.isLost = true;
      if (state.isGiven) onLost();
    };
    const database = await openDB<Schema>(name, 1, {
      upgrade(created) {
        created.createObjectStore("records");
        created.createObjectStore("keys");
      },
      // Another context wants to delete or upgrade the database: make room instead of blocking it.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        lose();
      },
      // The browser closed it: its data was cleared, or it had no more room for it.
      terminated: lose,
    });
    try {
      const opened = await takeOver(database);
      if (state.isLost) throw new Error("The database was deleted.");
      state.isGiven = true;
      return opened;
    } catch (error) {
      if (!state.isLost || attempt === openAttempts) throw error;
    }
  }
}

async function takeOver(database: IDBPDatabase<Schema>): Promise<Opened> {
  const owner = crypto.randomUUID();
  await database.put("keys", owner, "owner");
  const stored = await database.get("keys", "storage");
  if (typeof stored === "object") return { database, storageKey: await unwrapKey(stored), owner };
  const storageKey = randomBytes(32);
  await database.put("keys", await wrapKey(storageKey), "storage");
  return { database, storageKey, owner };
}
