import type { BlockSpans, BlockSpan } from "./records.ts";

/**
 * Whom this person has blocked, and when: pure functions over what the account data carries. The spans are kept after
 * they have ended, because messages that were sent in them never came and are not missed.
 */

export function isBlocked(blocks: BlockSpans, userId: string): boolean {
  return spansOf(blocks, userId).some(({ to }) => to === null);
}

export function spansOf(blocks: BlockSpans, userId: string): BlockSpan[] {
  return blocks[userId] ?? [];
}

/** The same object comes back where nothing is new. */
export function withBlocked(blocks: BlockSpans, userId: string, blocked: boolean, nowMs: number): BlockSpans {
  if (isBlocked(blocks, userId) === blocked) return blocks;
  const spans = spansOf(blocks, userId);
  const changed = blocked
    ? [...spans, { from: nowMs, to: null }]
    : spans.map(({ from, to }) => ({ from, to: to ?? nowMs }));
  return { ...blocks, [userId]: changed };
}

/** Two devices' words as one. A span has the moment of its beginning as its name; one that ended anywhere has ended. */
export function mergeBlocks(base: BlockSpans, other: BlockSpans): BlockSpans {
  const merged: BlockSpans = { ...base };
  for (const [userId, spans] of Object.entries(other)) {
    const known = new Map(spansOf(merged, userId).map((span) => [span.from, span]));
    for (const span of spans) {
      const same = known.get(span.from);
      known.set(span.from, same === undefined ? span : { from: span.from, to: laterEnd(same.to, span.to) });
    }
    merged[userId] = [...known.values()].sort((a, b) => a.from - b.from);
  }
  return merged;
}

function laterEnd(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
