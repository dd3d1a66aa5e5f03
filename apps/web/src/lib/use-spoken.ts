import { useCallback, useEffect, useState } from "react";

/** Long enough to be read out, short enough not to be found again by someone who wanders through the page. */
const keptMs = 3_000;
/** After a longer absence many come at once; more than these nobody listens to. */
const atOnce = 5;

export type Spoken = { key: string; text: string };

/** What a live region says at the moment. Each line is said once, also where another one has the same words. */
export function useSpoken(): [lines: readonly Spoken[], say: (key: string, text: string) => void] {
  const [lines, setLines] = useState<readonly Spoken[]>([]);
  const say = useCallback((key: string, text: string) => {
    setLines((last) =>
      last.some((line) => line.key === key) ? last : [...last, { key, text }].slice(-atOnce),
    );
  }, []);
  const newest = lines.at(-1);
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(() => setLines([]), keptMs);
    return () => clearTimeout(timer);
  }, [newest]);
  return [lines, say];
}
