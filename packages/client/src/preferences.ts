import type { AccountDataSync } from "./account-data.ts";
import type { Emitter } from "./emitter.ts";
import type { Library } from "./library.ts";
import { type ConversationRecord, isBefore, type Place } from "./records.ts";
import type { Register, Registers } from "./registers.ts";
import type { ConversationPreferences, Message, Settings } from "./types.ts";

/** How soon the other devices hear what was read in private. */
const readDelayMs = 2_000;
/** How soon they hear whom this person has answered. */
const acceptDelayMs = 2_000;
/** A pause in typing after which a draft goes to the other devices. */
const draftDelayMs = 5_000;
/** Longer drafts, and more than so many characters of them, stay on this device: all of it has to fit into one record. */
const draftMaxLength = 4_000;
const draftsMaxLength = 100_000;

const defaults: Settings = { readReceipts: true, typing: true, presence: false };

const names = {
  muted: (conversationId: string) => `muted/${conversationId}`,
  pinned: (conversationId: string) => `pinned/${conversationId}`,
  /** The value is the time of the newest message at that moment: a later one brings the conversation back. */
  archived: (conversationId: string) => `archived/${conversationId}`,
  accepted: (conversationId: string) => `accepted/${conversationId}`,
  drafts: "draft/",
  draft: (conversationId: string) => `draft/${conversationId}`,
  /** How far this person has read, as a place in text, where nobody else is to know. */
  read: (conversationId: string) => `read/${conversationId}`,
  reads: "read/",
  /** Registers begin as false, so what is kept is that a setting is not what it is by default. */
  changed: (setting: keyof Settings) => `changed/${setting}`,
};

export type Preferences = ReturnType<typeof createPreferences>;

/** What a person set for a conversation or for everything, and what they began to write. Synced by the account data. */
export function createPreferences(input: {
  accountData: AccountDataSync;
  library: Library;
  emitter: Emitter;
  /** They were changed here. */
  onSettings: () => void;
  /** Whether nothing is to be said to people whose request waits. */
  quietRequests: boolean;
}) {
  const { accountData, library, emitter, onSettings, quietRequests } = input;

  function value<Value extends Register["value"]>(name: string, initial: Value): Value {
    const known = accountData.registers[name]?.value;
    return typeof known === typeof initial ? (known as Value) : initial;
  }

  function settings(): Settings {
    const read = (setting: keyof Settings) => defaults[setting] !== value(names.changed(setting), false);
    return { readReceipts: read("readReceipts"), typing: read("typing"), presence: read("presence") };
  }

  function readPlace(conversationId: string): Place | null {
    const [createdAt = "", id] = value(names.read(conversationId), "").split("/");
    return id === undefined ? null : { createdAt, id };
  }

  /** Somebody wrote whom this person has not answered, accepted or looked for themselves. */
  function isRequest({ id, opened, answered }: ConversationRecord): boolean {
    return !opened && answered !== true && !value(names.accepted(id), false);
  }

  return {
    settings,
    isRequest,
    /** Whether the other one is not to hear what this person reads and writes, because they have not accepted them. */
    isKeptFrom: (conversation: ConversationRecord): boolean => quietRequests && isRequest(conversation),
    /** For good. The other devices hear of it with whatever goes up next. */
    async accept(conversationId: string): Promise<void> {
      await accountData.setRegister(names.accepted(conversationId), true);
      emitter.tell("conversations", undefined);
      accountData.pushLater(acceptDelayMs);
    },
    async setSettings(changes: Partial<Settings>): Promise<void> {
      for (const setting of Object.keys(defaults) as (keyof Settings)[]) {
        const wanted = changes[setting];
        if (wanted !== undefined)
          await accountData.setRegister(names.changed(setting), wanted !== defaults[setting]);
      }
      emitter.tell("settings", settings());
      onSettings();
      await accountData.push().catch(() => undefined);
    },
    /** @throws SottoError `unknown-conversation` */
    async set(conversationId: string, changes: Partial<ConversationPreferences>): Promise<void> {
      const { lastMessageAt, createdAt } = await library.getConversation(conversationId);
      const { muted, pinned, archived } = changes;
      if (muted !== undefined) await accountData.setRegister(names.muted(conversationId), muted);
      if (pinned !== undefined) await accountData.setRegister(names.pinned(conversationId), pinned);
      if (archived !== undefined) {
        const until = archived ? (lastMessageAt ?? createdAt) : "";
        await accountData.setRegister(names.archived(conversationId), until);
      }
      emitter.tell("conversations", undefined);
      await accountData.push().catch(() => undefined);
    },
    /** @throws SottoError `unknown-conversation` */
    async setDraft(conversationId: string, text: string): Promise<void> {
      await library.getConversation(conversationId);
      const name = names.draft(conversationId);
      const isLong = text.length > draftMaxLength || lengthOfDrafts(accountData.registers) > draftsMaxLength;
      const before = value(name, "");
      await accountData.setRegister(name, text, text !== "" && isLong);
      // Also of another text: whoever opens the conversation again begins with what was told last.
      if (before !== text) emitter.tell("conversations", undefined);
      accountData.pushLater(draftDelayMs);
    },
    readPlace,
    /** Conversations that were read in private. */
    listPrivatelyRead: (): string[] =>
      Object.keys(accountData.registers)
        .filter((name) => name.startsWith(names.reads))
        .map((name) => name.slice(names.reads.length)),
    /** Marks only go forward. */
    async setReadPlace(conversationId: string, place: Place): Promise<void> {
      const known = readPlace(conversationId);
      if (known !== null && !isBefore(known, place)) return;
      await accountData.setRegister(names.read(conversationId), `${place.createdAt}/${place.id}`);
      accountData.pushLater(readDelayMs);
    },
    of(conversationId: string, lastMessage: Message | null): ConversationPreferences & { draft: string } {
      const muted = value(names.muted(conversationId), false);
      const archivedUntil = value(names.archived(conversationId), "");
      const isQuiet = muted || lastMessage === null || lastMessage.createdAt <= archivedUntil;
      return {
        muted,
        pinned: value(names.pinned(conversationId), false),
        archived: archivedUntil !== "" && isQuiet,
        draft: value(names.draft(conversationId), ""),
      };
    },
  };
}

function lengthOfDrafts(registers: Registers): number {
  return Object.entries(registers)
    .filter(([name, { local }]) => name.startsWith(names.drafts) && local !== true)
    .reduce((sum, [, { value }]) => sum + String(value).length, 0);
}
