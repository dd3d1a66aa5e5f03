import { readFeeds, type Db, type FeedOutcome, type FeedPage, type FeedPlace } from "@sotto/db";
import { limits } from "@sotto/protocol";
import { batchMaxBytes } from "./feed-batches.ts";
import { Lane } from "./lane.ts";

/** Of one statement: places, events, and characters of their content. */
const maxPlaces = 100;
const maxEvents = 2_000;
const maxCharacters = 1024 * 1024;

/**
 * All reading of feeds for the subscriptions of a server, in lanes: what asks while one statement is under way is read
 * together by the next. The places of a statement share what it may give, and who is given less comes again.
 *
 * What was only just written is in the memory of the database. What is older may come from its disk, and must not hold
 * up the news of others, so it has lanes of its own.
 */
export class FeedReader {
  readonly #news: Lane<FeedPlace, FeedOutcome>;
  readonly #backlog: readonly [Lane<FeedPlace, FeedOutcome>, Lane<FeedPlace, FeedOutcome>];

  constructor(db: Db) {
    const createLane = () =>
      new Lane<FeedPlace, FeedOutcome>({
        fit: () => maxPlaces,
        work: async (places) => {
          const bounds = {
            limit: Math.min(limits.feedBatch, Math.ceil(maxEvents / places.length)),
            maxBytes: Math.min(batchMaxBytes, Math.ceil(maxCharacters / places.length)),
          };
          return { outcomes: await readFeeds(db, places, bounds) };
        },
      });
    this.#news = createLane();
    this.#backlog = [createLane(), createLane()];
  }

  /**
   * What goes on from the place, no more than one batch.
   * @param what "news" where the reader had everything a moment ago
   */
  async read(place: FeedPlace, what: "news" | "backlog"): Promise<FeedPage> {
    const [one, other] = this.#backlog;
    const backlog = other.size < one.size ? other : one;
    const outcome = await (what === "news" ? this.#news : backlog).put(place);
    if (outcome.kind === "broken") throw outcome.error;
    return outcome;
  }
}
