import { backoffMs } from "../backoff.ts";
import type { Emitter } from "../emitter.ts";
import type { History } from "../history.ts";
import type { Library } from "../library.ts";
import type { LoadOlder } from "../older-pages.ts";
import { keys } from "../records.ts";
import type { Store } from "../stores/store.ts";
import type { Message, SearchCoverage, SearchQuery, SearchResult, SearchResults } from "../types.ts";
import { findFrontier } from "./coverage.ts";
import { createIndexer } from "./indexer.ts";
import { matchWord } from "./match-word.ts";
import { wordsOf } from "./words.ts";

const defaultLimit = 30;
/** Arrivals of this long are taken into the index together. */
const gatherMs = 200;
/** Between two pages from the server: less than half of what it allows, so that a person who scrolls is not held up. */
const pauseMs = 200;

/**
 * Full-text search in what this device has decrypted. From the first search on it keeps an index, and loads the rest of
 * the history, always the newest missing page of all conversations next, while there is a connection.
 */
export function createSearch(input: {
  store: Store;
  library: Library;
  history: History;
  loadOlder: LoadOlder;
  emitter: Emitter;
  isOnline: () => boolean;
}) {
  const { store, library, history, loadOlder, emitter, isOnline } = input;
  const indexer = createIndexer(store, library);
  let coverage: SearchCoverage = { from: null, complete: false, progress: 0 };
  let starting: Promise<void> | null = null;
  let closed = false;
  let loading: Promise<void> | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let unsubscribe = () => {};

  function start(): Promise<void> {
    starting ??= begin().catch((error: unknown) => {
      starting = null;
      throw error;
    });
    return starting;
  }

  async function begin(): Promise<void> {
    await indexer.catchUp();
    unsubscribe();
    unsubscribe = emitter.on("messages", gather);
    await update();
    void loadRest();
  }

  function gather(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void indexer.catchUp().catch(() => undefined);
    }, gatherMs);
  }

  async function update() {
    const frontier = await findFrontier(library);
    coverage = frontier.coverage;
    emitter.tell("search-progress", coverage);
    return frontier.next;
  }

  function mayLoad(): boolean {
    return !closed && isOnline();
  }

  function loadRest(): Promise<void> {
    loading ??= loadPages().finally(() => {
      loading = null;
    });
    return loading;
  }

  async function loadPages(): Promise<void> {
    clearTimeout(timer);
    try {
      for (let next = await update(); next !== null && mayLoad(); next = await update()) {
        await loadOlder(next);
        await indexer.catchUp();
        failures = 0;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } catch {
      if (closed) return;
      timer = setTimeout(() => void loadRest(), backoffMs(failures));
      failures += 1;
    }
  }

  return {
    start,
    /** After each new connection, and when there are conversations that were not there. */
    resume(): void {
      if (starting !== null) void (loading ?? Promise.resolve()).then(loadRest);
    },
    async search({ text, from, before, after, conversationId, limit }: SearchQuery): Promise<SearchResults> {
      await start();
      // What arrived or was deleted a moment ago counts.
      await indexer.catchUp();
      const terms = [...new Set(wordsOf(text).map(({ word }) => word))];
      if (terms.length === 0 && text.trim() !== "") return { results: [], coverage };
      const ids = indexer.index.search({
        terms,
        limit: limit ?? defaultLimit,
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(from === undefined ? {} : { senderId: from }),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      });
      const places = ids.flatMap((id) => indexer.index.get(id) ?? []);
      const messages = await history.readEach(places);
      const results = messages
        .filter((message) => message.text !== "")
        .map((message) => ({ message, ranges: rangesOf(message, terms) }));
      return { results, coverage };
    },
    /** The messages in the store were replaced. */
    forget(): void {
      indexer.forget();
      coverage = { from: null, complete: false, progress: 0 };
      if (starting === null) return;
      starting = null;
      void start().catch(() => undefined);
    },
    async load(): Promise<void> {
      library.setSearchable((await store.get(keys.searchable)) === true);
    },
    close(): void {
      closed = true;
      indexer.close();
      unsubscribe();
      clearTimeout(timer);
      clearTimeout(gathering);
    },
  };
}

/** Where the words stand that answer to the query. */
function rangesOf({ text }: Message, terms: readonly string[]): SearchResult["ranges"] {
  return wordsOf(text)
    .filter(({ word }) => terms.some((term) => matchWord(term, word) !== null))
    .map(({ start, end }) => ({ start, end }));
}
