import type { Library } from "../library.ts";
import type { ConversationRecord, Place } from "../records.ts";
import type { SearchCoverage } from "../types.ts";

/** How far back the messages on this device reach in all conversations, and where to go on. */
export async function findFrontier(
  library: Library,
): Promise<{ next: ConversationRecord | null; coverage: SearchCoverage }> {
  const conversations = await library.listConversations();
  let next: ConversationRecord | null = null;
  let newest: string | null = null;
  for (const conversation of conversations) {
    if (conversation.complete) continue;
    const { id, oldestId } = conversation;
    const oldest: Place | undefined = oldestId === null ? undefined : await library.findPlace(id, oldestId);
    // Where nothing is loaded yet, everything is missing.
    const reached = oldest?.createdAt ?? new Date().toISOString();
    if (newest !== null && reached <= newest) continue;
    next = conversation;
    newest = reached;
  }
  if (next === null || newest === null)
    return { next, coverage: { from: null, complete: true, progress: 1 } };
  const first = conversations.map(({ createdAt }) => createdAt).reduce((a, b) => (a < b ? a : b));
  return { next, coverage: { from: newest, complete: false, progress: share(first, newest, Date.now()) } };
}

/** How much of the time between the first conversation and now is behind. */
function share(first: string, reached: string, nowMs: number): number {
  const whole = nowMs - Date.parse(first);
  const done = nowMs - Date.parse(reached);
  return whole <= 0 ? 0 : Math.min(0.99, Math.max(0, done / whole));
}
