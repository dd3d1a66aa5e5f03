import type { Action } from "./actions.ts";
import { type ExportedMessage, type ExportRecord, notAnExport } from "./export-format.ts";
import type { MessageRecord } from "./records.ts";

/** What a file says, made into records of this device: pure. */

export type ExportedConversation = {
  head: Extract<ExportRecord, { kind: "conversation" }>;
  /** The other one, as the file names them. */
  peer: { id: string; username: string };
  messages: ExportedMessage[];
};

export type ExportedAccount = {
  user: { id: string; username: string };
  /** Those with something in them to import. */
  conversations: ExportedConversation[];
};

/**
 * The records in their order, as a whole. What had not gone out when they were written is left out: nobody ever got it.
 *
 * @throws SottoError `not-an-export` where they don't fit together
 */
export function groupExport(records: readonly ExportRecord[]): ExportedAccount {
  const [account, ...rest] = records;
  if (account?.kind !== "account") throw notAnExport();
  const conversations = new Map<string, ExportedConversation>();
  for (const record of rest) {
    if (record.kind === "account") throw notAnExport();
    if (record.kind === "conversation") {
      const peer = record.members.find(({ id }) => id !== account.user.id);
      const known = record.members.some(({ id }) => id === account.user.id);
      if (peer === undefined || !known || record.members.length !== 2) throw notAnExport();
      conversations.set(record.id, { head: record, peer, messages: [] });
      continue;
    }
    const { conversationId, senderId, state } = record.message;
    const conversation = conversations.get(conversationId);
    if (!conversation?.head.members.some(({ id }) => id === senderId)) throw notAnExport();
    if (state !== "queued" && state !== "refused") conversation.messages.push(record.message);
  }
  return {
    user: account.user,
    conversations: [...conversations.values()].filter(({ messages }) => messages.length > 0),
  };
}

/** Where a message goes: the conversation on this device, and who its people are here. */
export type Destination = {
  conversationId: string;
  /** By their ids in the file. */
  idsHere: ReadonlyMap<string, string>;
  importedAt: string;
};

export function toImportedRecord(message: ExportedMessage, destination: Destination): MessageRecord {
  const { conversationId, idsHere, importedAt } = destination;
  const idHere = (id: string) => idsHere.get(id) ?? id;
  const senderId = idHere(message.senderId);
  const recipientId = [...idsHere.values()].find((id) => id !== senderId) ?? senderId;
  const { id, text, createdAt, problem, replyTo, forwarded, edits } = message;
  const actions = toActions(message, idHere);
  return {
    id,
    conversationId,
    senderId,
    recipientId,
    text: edits?.[0]?.text ?? text,
    createdAt,
    state: "imported",
    importedAt,
    ...(problem && { problem }),
    ...(replyTo && { replyTo }),
    ...(forwarded && { forwarded }),
    ...(actions.length > 0 && { actions }),
  };
}

/** What was said about it, as actions of which the same message comes out again. */
function toActions(message: ExportedMessage, idHere: (id: string) => string): Action[] {
  const { id, text, createdAt, editedAt, edits = [], reactions = [], deleted } = message;
  const senderId = idHere(message.senderId);
  const action = (number: number) =>
    ({ id: `${id}/${String(number).padStart(6, "0")}`, imported: true }) as const;
  if (deleted) return [{ ...action(0), type: "delete", senderId, createdAt }];
  const reacted = reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => ({ emoji, userId })));
  const texts = editedAt === undefined ? [] : [...edits.slice(1), { text, createdAt: editedAt }];
  return [
    ...reacted.map(({ emoji, userId }, number): Action => {
      return { ...action(number), type: "reaction", senderId: idHere(userId), emoji, createdAt };
    }),
    ...texts.map((edit, number): Action => {
      const { id: actionId, imported } = action(reacted.length + number);
      return { type: "edit", id: actionId, imported, senderId, text: edit.text, createdAt: edit.createdAt };
    }),
  ];
}
