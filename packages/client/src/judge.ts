import { findLast, indexLinks, judgeLink, judgeRun, judgeTail, type Numbered, numberedOf } from "./chain.ts";
import { publicMessage } from "./message-records.ts";
import { type BlockSpan, type ConversationRecord, keys, type Link, type MessageRecord } from "./records.ts";
import type { Store } from "./stores/store.ts";
import type { Message } from "./types.ts";

const linksPage = 64;

/** Gives messages as others may see them, each with what its place in its device's chain says. */
export function createJudge(store: Store, blockedSpans: (userId: string) => BlockSpan[]) {
  /** What this device has of the same device's envelopes with lower numbers, highest first, or higher, lowest first. */
  async function* listLinks(
    record: MessageRecord,
    link: Link,
    direction: "lower" | "higher",
  ): AsyncGenerator<Numbered> {
    let from = keys.link(record, link);
    // Mostly the first one is enough; behind it may be a long run of actions.
    for (let limit = 1; ; limit = linksPage) {
      const entries = await store.list({
        prefix: keys.links(record, link.device),
        ...(direction === "lower" ? { before: from, reverse: true } : { after: from }),
        limit,
      });
      for (const { value } of entries) yield value as Numbered;
      const last = entries.at(-1);
      if (last === undefined || entries.length < limit) return;
      from = last.key;
    }
  }

  async function judgeOne(
    { complete }: ConversationRecord,
    record: MessageRecord,
    below: Numbered | null,
    isLast: boolean,
  ): Promise<Message> {
    const message = publicMessage(record);
    const { link } = record;
    if (link === undefined) return message;
    const blocked = blockedSpans(record.senderId);
    const verdict =
      below === null
        ? await judgeRun(record, link, listLinks(record, link, "lower"), complete, blocked)
        : judgeLink(record, link, below, complete, blocked);
    const tail = isLast
      ? await judgeTail(numberedOf(record, link), listLinks(record, link, "higher"), complete, blocked)
      : {};
    return { ...message, ...verdict, ...tail };
  }

  return (conversation: ConversationRecord, page: MessageRecord[]): Promise<Message[]> => {
    const findBelow = indexLinks(page);
    const last = findLast(page);
    return Promise.all(
      page.map((record) => judgeOne(conversation, record, findBelow(record), last.has(record))),
    );
  };
}
