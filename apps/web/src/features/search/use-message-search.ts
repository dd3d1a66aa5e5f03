import { useCallback, useEffect, useRef, useState } from "react";
import type { SearchCoverage, SearchQuery, SearchResult } from "@sotto/client";
import { useMessenger, useMessengerEvent } from "../../lib/messenger.tsx";

type Found = { results: SearchResult[]; coverage: SearchCoverage | null; error: unknown };
const nothing: Found = { results: [], coverage: null, error: null };

/**
 * What a search finds, kept fresh while the index grows and messages come, are edited or deleted. One search runs at a time, and the newest query next: typing
 * costs as many searches as there is time for. Null searches nothing.
 */
export function useMessageSearch(query: SearchQuery | null): Found {
  const messenger = useMessenger();
  const [found, setFound] = useState(nothing);
  const wanted = useRef<SearchQuery | null>(null);
  const running = useRef(false);

  const run = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    while (wanted.current !== null) {
      const asked = wanted.current;
      wanted.current = null;
      const answer = await messenger.call("search", asked).then(
        (results): Found => ({ ...results, error: null }),
        (error: unknown): Found => ({ ...nothing, error }),
      );
      if (wanted.current === null) setFound(answer);
    }
    running.current = false;
  }, [messenger]);

  const search = useCallback(() => {
    wanted.current = query;
    void run();
  }, [query, run]);
  useEffect(search, [search]);
  useMessengerEvent("search-progress", search);
  // What its author took back must not stay readable here.
  useMessengerEvent("messages", search);
  return query === null ? nothing : found;
}
