import { listFeedNumbers, type Db } from "@sotto/db";
import type { FeedInbox } from "./feed-inbox.ts";
import type { Notifier } from "./notifier.ts";

/** Users per query of the safety poll. */
const usersPerQuery = 1_000;

/** How far a subscription is. */
export type FeedPlace = { inbox: FeedInbox; after: number };

type Watched = { place: FeedPlace; headAtLastPoll: number };

/**
 * Every subscription of this server, and what tells them that their feed goes on: the notifier at once, and a slow
 * poll for what the notifier loses. The poll asks for all of them together, so an idle subscription costs nothing.
 * Something is always on its way to a busy one: only who has not even what was there a poll ago has missed it.
 */
export class FeedWatch {
  readonly #places = new Map<string, Set<Watched>>();
  readonly #db: Db;
  readonly #notifier: Notifier;
  readonly #onError: (error: unknown) => void;
  #polling = false;

  constructor(db: Db, notifier: Notifier, onError: (error: unknown) => void) {
    this.#db = db;
    this.#notifier = notifier;
    this.#onError = onError;
  }

  /** From now on the inbox hears of everything. Returns what stops it. */
  add(place: FeedPlace): () => void {
    const { inbox } = place;
    const places = this.#places.get(inbox.userId) ?? new Set();
    this.#places.set(inbox.userId, places);
    const watched = { place, headAtLastPoll: 0 };
    places.add(watched);
    const off = this.#notifier.onNews(inbox.userId, (run) => inbox.put(run));
    return () => {
      off();
      places.delete(watched);
      if (places.size === 0 && this.#places.get(inbox.userId) === places) this.#places.delete(inbox.userId);
    };
  }

  /** Looks once whether any feed has more than its subscriptions were given since the last look. */
  async poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    try {
      const userIds = [...this.#places.keys()];
      for (let start = 0; start < userIds.length; start += usersPerQuery) {
        const numbers = await listFeedNumbers(this.#db, userIds.slice(start, start + usersPerQuery));
        for (const [userId, lastSeq] of numbers) this.#wakeBehind(userId, lastSeq);
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#polling = false;
    }
  }

  #wakeBehind(userId: string, lastSeq: number): void {
    for (const watched of this.#places.get(userId) ?? []) {
      const { place, headAtLastPoll } = watched;
      if (place.after < headAtLastPoll) place.inbox.put(null);
      watched.headAtLastPoll = lastSeq;
    }
  }
}
