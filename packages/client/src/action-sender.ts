import type { Emitter } from "./emitter.ts";
import type { ActionBody } from "./body.ts";
import { SottoError, unknownMessage } from "./errors.ts";
import type { History } from "./history.ts";
import type { Library } from "./library.ts";
import { publicMessage } from "./message-records.ts";
import type { Outbox } from "./outbox.ts";
import { keys, type MessageRecord } from "./records.ts";
import type { Change } from "./stores/store.ts";
import type { Message } from "./types.ts";
import type { Sent } from "./waiters.ts";

/** `null`: there is nothing to send. */
type Underway = { sent: Promise<Sent> } | null;

/** What a person does to a message that is there already. Each resolves when the change is in the store. */
export function createActionSender(input: {
  library: Library;
  history: History;
  outbox: Outbox;
  emitter: Emitter;
  userId: string;
}) {
  const { library, history, outbox, emitter, userId } = input;

  async function getRecord(conversationId: string, id: string): Promise<MessageRecord> {
    const record = await history.find(conversationId, id);
    if (record === null) throw unknownMessage();
    return record;
  }

  /** @throws SottoError `unknown-message`, `not-possible` */
  async function getChangeable(conversationId: string, id: string): Promise<Message> {
    const message = publicMessage(await getRecord(conversationId, id));
    const onServer = message.state !== "refused" && message.state !== "imported";
    if (!onServer || message.deleted === true || message.problem !== undefined) {
      throw new SottoError("not-possible", "This message was imported, deleted, refused or can't be read.");
    }
    return message;
  }

  async function getOwn(conversationId: string, id: string): Promise<Message> {
    const message = await getChangeable(conversationId, id);
    if (message.senderId === userId) return message;
    throw new SottoError("not-yours", "Only who wrote a message can change or delete it.");
  }

  /** A refused message, with the changes that remove it from the store. */
  async function getRefused(
    conversationId: string,
    id: string,
  ): Promise<{ record: MessageRecord; removal: Change[] }> {
    const record = await getRecord(conversationId, id);
    if (record.state !== "refused") throw new SottoError("not-possible", "This message was not refused.");
    const removal = [keys.message(record), keys.place(conversationId, id)].map((key) => ({
      key,
      value: null,
    }));
    return { record, removal };
  }

  function send(conversationId: string, body: ActionBody): Promise<Underway> {
    return outbox.add(conversationId, body);
  }

  return {
    async edit(conversationId: string, target: string, text: string): Promise<Underway> {
      const message = await getOwn(conversationId, target);
      return message.text === text ? null : send(conversationId, { type: "edit", target, text });
    },
    async delete(conversationId: string, target: string): Promise<Underway> {
      await getOwn(conversationId, target);
      return send(conversationId, { type: "delete", target });
    },
    /** `emoji` null takes the reaction back. */
    async react(conversationId: string, target: string, emoji: string | null): Promise<Underway> {
      const { reactions = [] } = await getChangeable(conversationId, target);
      const present = reactions.find(({ userIds }) => userIds.includes(userId))?.emoji ?? null;
      return present === emoji ? null : send(conversationId, { type: "reaction", target, emoji });
    },
    async retry(conversationId: string, id: string): Promise<{ sent: Promise<Sent> }> {
      const { record, removal } = await getRefused(conversationId, id);
      const { text, replyTo, forwarded } = record;
      const body = {
        type: "text",
        text,
        ...(replyTo && { replyTo }),
        ...(forwarded && { forwarded }),
      } as const;
      return outbox.add(conversationId, body, { replaces: removal });
    },
    async discard(conversationId: string, id: string): Promise<void> {
      const { removal } = await getRefused(conversationId, id);
      await library.writes(() => library.commit(removal));
      emitter.tell("messages", { conversationId });
      emitter.tell("conversations", undefined);
    },
  };
}
