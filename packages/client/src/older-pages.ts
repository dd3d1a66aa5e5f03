import { historyAnswerSchema, limits, type WireMessage } from "@sotto/protocol";
import type { Api } from "./api.ts";
import type { Library } from "./library.ts";
import { type Arrival, withNewestAction, withoutUnreadActions } from "./merge.ts";
import { receive } from "./receive.ts";
import { answeredBy } from "./requests.ts";
import { type ConversationRecord, keys } from "./records.ts";

/** Fetches the page before the oldest message that the store has without a gap, and keeps it opened. */
export type LoadOlder = (conversation: ConversationRecord) => Promise<void>;

export function createOlderPages(input: {
  library: Library;
  api: Api;
  ownId: string;
  open: (wire: WireMessage, memberIds: readonly string[]) => Arrival;
}): LoadOlder {
  const { library, api, ownId, open } = input;

  return async ({ id: conversationId, oldestId }) => {
    const answer = await api.messages.history.query({
      conversationId,
      ...(oldestId === null ? {} : { before: oldestId }),
      limit: limits.historyPage,
    });
    const { messages: page, older } = historyAnswerSchema.parse(answer);
    await library.writes(async () => {
      const conversation = await library.getConversation(conversationId);
      // Another call fetched the same page in the meantime.
      if (conversation.oldestId !== oldestId) return;
      const arrivals = page
        .filter((message) => message.conversationId === conversationId)
        .map((wire) => open(wire, conversation.memberIds));
      const { changes, newActions } = await receive(library, conversationId, arrivals);
      const reached: ConversationRecord = {
        ...withNewestAction(withoutUnreadActions(conversation, newActions), newActions),
        ...answeredBy(page, ownId),
        oldestId: page.at(-1)?.id ?? oldestId,
        complete: !older,
      };
      await library.commit([...changes, { key: keys.conversation(conversationId), value: reached }]);
    });
  };
}
