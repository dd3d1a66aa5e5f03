import { createHash } from "node:crypto";
import type { ClientBase } from "pg";

/** A text is named when it comes for the third time: it is one of those that come for ever. */
const namedFrom = 3;
/** Texts that are counted; the queries of this package are far fewer, so that more means texts that are put together. */
const maxTexts = 500;

/**
 * Begins a statement that gets no name: its best plan depends on how full the tables are and how much is asked for. A
 * plan that was made for empty tables would go on reading them from end to end when they have grown. For what is not
 * asked for many times a second.
 */
export const plannedEachTime = "/* planned each time */";

/**
 * Has PostgreSQL parse a statement once for each connection instead of each time: it is known there by a name, which
 * is made from its text. The values never are in the text.
 */
export function createStatementNames(): (text: string) => string | undefined {
  const seen = new Map<string, { count: number; name: string }>();
  return (text) => {
    if (text.trimStart().startsWith(plannedEachTime)) return undefined;
    const entry = seen.get(text);
    if (entry) {
      entry.count += 1;
      return entry.count >= namedFrom ? entry.name : undefined;
    }
    if (seen.size < maxTexts) seen.set(text, { count: 1, name: nameOf(text) });
    return undefined;
  };
}

/** From here on `client.query(text, values)` goes by the text's name. Without values there is nothing to gain. */
export function nameStatements(client: ClientBase, nameFor: (text: string) => string | undefined): void {
  const query = client.query.bind(client) as (...input: unknown[]) => unknown;
  const named = (...input: unknown[]): unknown => {
    const [text, values] = input;
    if (input.length !== 2 || typeof text !== "string" || !Array.isArray(values) || values.length === 0) {
      return query(...input);
    }
    const name = nameFor(text);
    return name === undefined ? query(text, values) : query({ name, text, values });
  };
  client.query = named as typeof client.query;
}

/** PostgreSQL cuts names at 63 bytes; the driver refuses one name for two texts. */
function nameOf(text: string): string {
  return `sotto_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
}
