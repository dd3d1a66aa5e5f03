import type { Directory } from "./directory.ts";
import { SottoError } from "./errors.ts";
import type { ExportRecord } from "./export-format.ts";
import type { History } from "./history.ts";
import type { Library } from "./library.ts";
import type { LoadOlder } from "./older-pages.ts";

/**
 * Everything a person has, decrypted: a run of records, the account first, then each conversation with its messages,
 * oldest first. It is given in parts, so that neither the whole nor a long silence is ever in the way.
 */

const pageSize = 200;

/** `next` is what to ask for next, null at the end; `progress` from 0 to 1. */
export type ExportPart = { records: ExportRecord[]; next: string | null; progress: number };

/** All parts, one after another. */
export async function* exportAll(
  from: { exportPart(cursor?: string): Promise<ExportPart> },
  onProgress: (progress: number) => void = () => {},
): AsyncGenerator<ExportRecord> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const { records, next, progress } = await from.exportPart(cursor);
    yield* records;
    onProgress(progress);
    cursor = next;
  }
}

export function createExport(input: {
  user: { id: string; username: string };
  library: Library;
  history: History;
  directory: Directory;
  loadOlder: LoadOlder;
}) {
  const { user, library, history, directory, loadOlder } = input;

  /** Loads one more page, or says that there is none or none to be had. */
  async function loadMore(conversationId: string): Promise<boolean> {
    const conversation = await library.getConversation(conversationId);
    if (conversation.complete) return false;
    try {
      await loadOlder(conversation);
      return true;
    } catch {
      return false;
    }
  }

  async function oldest(conversationId: string): Promise<string | null> {
    return library.writes(async () => {
      const conversation = await library.getConversation(conversationId);
      const [first] = await library.listMessages(conversation, { oldest: true, limit: 1 });
      return first?.id ?? null;
    });
  }

  return async (cursor?: string): Promise<ExportPart> => {
    const ids = (await library.listConversations()).map(({ id }) => id).sort();
    // A cursor is a conversation, and behind a slash the last message that was given.
    const [conversationId = ids[0] ?? "", lastId] = cursor?.split("/") ?? [];
    const position = ids.indexOf(conversationId);
    // `share`: how much of this conversation was given.
    const part = (records: ExportRecord[], next: string | undefined, share = 0): ExportPart => ({
      records,
      next: next ?? null,
      progress: next === undefined ? 1 : (Math.max(0, position) + share) / ids.length,
    });
    if (cursor === undefined) {
      const exportedAt = new Date().toISOString();
      return part([{ kind: "account", format: "sotto-export-1", exportedAt, user }], ids[0]);
    }
    if (position === -1) throw new SottoError("bad-input", "This is not a place in the export.");
    const following = ids[position + 1];

    if (lastId === undefined) {
      if (await loadMore(conversationId)) return part([], conversationId);
      const { complete, createdAt } = await library.getConversation(conversationId);
      const { members } = await directory.get(conversationId);
      const head: ExportRecord = { kind: "conversation", id: conversationId, createdAt, members, complete };
      const first = await oldest(conversationId);
      if (first === null) return part([head], following);
      const found = await history.message(conversationId, first);
      const records: ExportRecord[] = found === null ? [head] : [head, { kind: "message", message: found }];
      return part(records, `${conversationId}/${first}`);
    }
    const page = await history.page(conversationId, { after: lastId, limit: pageSize });
    const records = page.toReversed().map((each): ExportRecord => ({ kind: "message", message: each }));
    const newest = page[0];
    const more = newest !== undefined && page.length === pageSize;
    if (!more) return part(records, following, 1);
    const { createdAt, lastMessageAt } = await library.getConversation(conversationId);
    return part(
      records,
      `${conversationId}/${newest.id}`,
      shareOf(newest.createdAt, createdAt, lastMessageAt),
    );
  };
}

/** Where a time lies between two others, from 0 to 1. Nobody knows how many messages there are, but when the last was. */
function shareOf(at: string, first: string, last: string | null): number {
  const start = Date.parse(first);
  const span = Date.parse(last ?? at) - start;
  return span > 0 ? Math.min(1, Math.max(0, (Date.parse(at) - start) / span)) : 0;
}
