import { describe, expect, test } from "vitest";
import type { ExportedMessage, ExportRecord } from "../src/export-format.ts";
import { groupExport, toImportedRecord } from "../src/imported-records.ts";
import { mergeArrivals } from "../src/merge.ts";
import { publicMessage } from "../src/message-records.ts";
import type { MessageRecord } from "../src/records.ts";

const [ada, ben, chat] = ["a-there", "b-there", "chat-there"];
const destination = {
  conversationId: "chat-here",
  idsHere: new Map([
    [ada, "a-here"],
    [ben, "b-here"],
  ]),
  importedAt: "2026-05-01T00:00:00.000Z",
};
const time = (second: number) => `2026-01-01T00:00:0${second}.000000Z`;
const message: ExportedMessage = {
  id: "m1",
  conversationId: chat,
  senderId: ben,
  text: "hi",
  createdAt: time(1),
  state: "read",
};

function shown(changes: Partial<ExportedMessage>) {
  return publicMessage(toImportedRecord({ ...message, ...changes }, destination));
}

describe("a message from a file", () => {
  const imported = {
    ...message,
    conversationId: "chat-here",
    senderId: "b-here",
    state: "imported",
    importedAt: destination.importedAt,
  };

  test("is shown as it was when it was exported, between the people as they are here", () => {
    expect(shown({})).toEqual(imported);
    const edited = {
      text: "third",
      editedAt: time(3),
      edits: [
        { text: "first", createdAt: time(1) },
        { text: "second", createdAt: time(2) },
      ],
      replyTo: "m0",
      forwarded: true as const,
    };
    expect(shown(edited)).toEqual({ ...imported, ...edited });
    expect(shown({ text: "", deleted: true })).toEqual({ ...imported, text: "", deleted: true });
    expect(shown({ text: "", problem: "unreadable" })).toEqual({
      ...imported,
      text: "",
      problem: "unreadable",
    });
    const reactions = [
      { emoji: "👍", userIds: [ada, ben] },
      { emoji: "❤️", userIds: ["c-there"] },
    ];
    expect(shown({ reactions }).reactions).toEqual([
      { emoji: "👍", userIds: ["a-here", "b-here"] },
      { emoji: "❤️", userIds: ["c-there"] },
    ]);
  });

  test("gives way to the server's own, which keeps what the server said about it meanwhile", () => {
    const reactions = [{ emoji: "👍", userIds: [ada] }];
    const known = toImportedRecord({ ...message, text: "forged", reactions }, destination);
    const reaction = {
      kind: "action",
      conversationId: "chat-here",
      recipientId: "a-here",
      target: "m1",
      action: { type: "reaction", emoji: "🎉", id: "r", senderId: "b-here", createdAt: time(9) },
      state: "unread",
    } as const;
    const first = mergeArrivals(new Map([["m1", known]]), [], [reaction]).messages.get("m1");
    expect(publicMessage(first ?? known).reactions).toHaveLength(2);
    const real: MessageRecord = {
      id: "m1",
      conversationId: "chat-here",
      senderId: "b-here",
      recipientId: "a-here",
      text: "hi",
      createdAt: time(1),
      state: "read",
    };
    const arrival = { kind: "message", message: real } as const;
    const { messages } = mergeArrivals(new Map([["m1", first ?? known]]), [], [arrival]);
    const { recipientId: _recipientId, ...plain } = real;
    expect(publicMessage(messages.get("m1") ?? known)).toEqual({
      ...plain,
      reactions: [{ emoji: "🎉", userIds: ["b-here"] }],
    });
  });
});

describe("an export", () => {
  const account: ExportRecord = {
    kind: "account",
    format: "sotto-export-1",
    exportedAt: time(9),
    user: { id: ada, username: "ada" },
  };
  const conversation = (...ids: string[]): ExportRecord => ({
    kind: "conversation",
    id: chat,
    createdAt: time(0),
    members: ids.map((id) => ({ id, username: `name of ${id}`, publicKey: "" })),
    complete: true,
  });
  const record = (changes: Partial<ExportedMessage> = {}): ExportRecord => ({
    kind: "message",
    message: { ...message, ...changes },
  });

  test("is grouped by conversation, without what had not gone out", () => {
    const waiting = [record({ id: "m2", state: "queued" }), record({ id: "m3", state: "refused" })];
    const { user, conversations } = groupExport([account, conversation(ada, ben), record(), ...waiting]);
    expect(user.username).toBe("ada");
    expect(conversations.map(({ peer, messages }) => [peer.id, messages.map(({ id }) => id)])).toEqual([
      [ben, ["m1"]],
    ]);
    expect(groupExport([account, conversation(ada, ben)]).conversations).toEqual([]);
  });

  test.each([
    ["nothing", []],
    ["no account", [conversation(ada, ben), record()]],
    ["two accounts", [account, account]],
    ["a conversation of others", [account, conversation(ben, "c-there")]],
    ["a conversation of one", [account, conversation(ada)]],
    ["a message without its conversation", [account, record()]],
    ["a message of somebody else", [account, conversation(ada, ben), record({ senderId: "c-there" })]],
  ] satisfies [string, ExportRecord[]][])("is refused as a whole with %s in it", (_name, records) => {
    expect(() => groupExport(records)).toThrow(expect.objectContaining({ code: "not-an-export" }));
  });
});
