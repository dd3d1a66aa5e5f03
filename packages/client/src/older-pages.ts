import { historyAnswerSchema, limits, type WireMessage } from "@sotto/protocol";
import type { Api } from "./api.ts";
import type { Library } from "./library.ts";
import { type Arrival, withMessage, withNewestAction } from "./merge.ts";
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
      const { readElsewhere, ...known } = conversation;
      // The page may have been on its way when the mark that is behind it came.
      const mark = page.find(({ id }) => id === readElsewhere)?.createdAt ?? "";
      const { readUntil: readHere = "" } = conversation;
      const readUntil = mark > readHere ? mark : readHere;
      const wires = page
        .filter((message) => message.conversationId === conversationId)
        .map((wire) => asRead(wire, ownId, readUntil));
      const { changes, messages, newMessages, newActions } = await receive(
        library,
        conversationId,
        wires.map((wire) => open(wire, conversation.memberIds)),
      );
      // A store of an earlier version does not say what was counted: what lies before its oldest message.
      const oldest = oldestId === null ? undefined : await library.findPlace(conversationId, oldestId);
      const isOfBefore = conversation.readUntil === undefined && oldest !== undefined;
      const counted = {
        ...(isOfBefore && { countedBefore: oldest.createdAt }),
        ...known,
        ...(readUntil !== "" && { readUntil }),
      };
      const reached: ConversationRecord = {
        ...withNewestAction(newMessages.reduce(withMessage, counted), newActions),
        ...answeredBy(page, ownId),
        oldestId: page.at(-1)?.id ?? oldestId,
        complete: !older,
      };
      // Reading is cumulative: with something that is read, or at the beginning, nothing that is unread lies further
      // back. Where a message was read on another device that was not here, the count did not hear of it.
      const isEnd =
        !older || wires.some(({ recipientId, readAt }) => recipientId === ownId && readAt !== null);
      if (!isEnd && readElsewhere !== undefined) reached.readElsewhere = readElsewhere;
      if (isEnd && reached.unreadCount > 0) {
        const { stillUnread } = await library.readUpTo(conversation, page[0] ?? { id: "", createdAt: "" });
        const unread = [...messages.values()].filter(({ state }) => state === "unread").length;
        reached.unreadCount = Math.min(reached.unreadCount, stillUnread + unread);
      }
      await library.commit([...changes, { key: keys.conversation(conversationId), value: reached }]);
    });
  };
}

/** What was read here is read, also while the server does not know it. */
function asRead(wire: WireMessage, ownId: string, readUntil: string): WireMessage {
  const { recipientId, createdAt, readAt } = wire;
  return recipientId === ownId && createdAt <= readUntil ? { ...wire, readAt: readAt ?? createdAt } : wire;
}
