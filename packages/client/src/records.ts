import type { Action } from "./actions.ts";
import type { Body } from "./body.ts";
import type { Registers } from "./registers.ts";
import type { Message, MessageState } from "./types.ts";

/**
 * What the store holds, key by key. Everything is rebuilt from the server by signing in, but for `device`, `chain/…`
 * and `outbox/…`, which are this device's own.
 */
export type SessionRecord = {
  user: { id: string; username: string };
  sessionId: string;
  /** The refresh cookie as `name=value`, where no browser keeps it. */
  cookie?: string;
  /** Names the renewal that is under way, or whose answer was not heard: 16 random bytes, base64. */
  attempt?: string;
};

/** The account's key pair, base64. */
export type AccountRecord = { publicKey: string; secretKey: string };

/** Random for each new store and never reused: 16 bytes, base64. */
export type DeviceRecord = { id: string };

export type PersonRecord = { id: string; username: string; publicKey: string };

/** Everyone ever met: what the account data carries to other devices. */
export type Pin = {
  username: string;
  /** Every key ever seen, base64; the first is the pinned one. */
  keys: string[];
  verified: boolean;
  /** When this was said last, in ms of that device's clock; 0 where never. */
  verifiedAt: number;
  /** When each key that came in the place of another was first seen, in ms of that device's clock; 0: not after the first contact. */
  seen: Record<string, number>;
  /** When the person decided to write to a key without comparing it. */
  accepted: Record<string, number>;
};
export type Pins = Record<string, Pin>;

/** A time in which somebody was blocked, in ms of that device's clock; `to` is null while it lasts. */
export type BlockSpan = { from: number; to: number | null };
/** By user id, in the order of their beginning. */
export type BlockSpans = Record<string, BlockSpan[]>;

export type AccountDataRecord = {
  /** The server's version that this is based on. */
  version: number;
  pins: Pins;
  blocks: BlockSpans;
  registers: Registers;
  /** Changed here and not stored on the server yet. */
  dirty: boolean;
};

export type ConversationRecord = {
  id: string;
  kind: "direct";
  memberIds: string[];
  createdAt: string;
  lastMessageAt: string | null;
  unreadCount: number;
  /** `unreadCount` is the server's: what is older than this is in it, be it here or not, message or action. */
  countedBefore?: string;
  /** `unreadCount` was counted here when everything up to this time was read. */
  readUntil?: string;
  /** Another device read up to this message, which is not here: `unreadCount` is too high until it is. */
  readElsewhere?: string;
  /** Id of the oldest message from which on the store holds all of them. */
  oldestId: string | null;
  /** The store holds the conversation from its first message. */
  complete: boolean;
  /** Opened by this person, so shown even while it is empty. */
  opened: boolean;
  /** Something of this person's own is in it, or they have let the other one see that they read: no request. */
  answered?: true;
  /** The newest edit, deletion or reaction of somebody else: what is read up to the last message is read up to here. */
  newestAction?: Place;
};

/** Where something stands in the order of its conversation. */
export type Place = { id: string; createdAt: string };

export function isBefore(a: Place, b: Place): boolean {
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/**
 * What an envelope says of its place among those of one device: see `chain.ts`. Hashes and device in hex, `sentAt` in
 * ms of that device's clock.
 */
export type Link = {
  device: string;
  counter: number;
  previous: string;
  hash: string;
  sentAt: number;
  voids?: number[];
};

/**
 * A message as it was opened, or with the reason why it could not be. `actions`: what was said about it since, of
 * which `actions.ts` makes what is shown. `unannounced`: it came with the first load, and if it has an event behind the
 * cursor as well, that event is still news.
 */
export type MessageRecord = Omit<Message, "editedAt" | "edits" | "deleted" | "reactions"> & {
  recipientId: string;
  actions?: Action[];
  link?: Link;
  unannounced?: true;
};

/** An envelope that changes another message, `target`, and is none of its own. */
export type ActionRecord = {
  conversationId: string;
  recipientId: string;
  target: string;
  action: Action;
  state: MessageState;
  link?: Link;
};

/** The last envelope of this device to one recipient in one conversation: counter, and its hash in base64. */
export type ChainRecord = { counter: number; previous: string };

/** A sealed message on its way. The same bytes go out at every attempt. */
export type OutboxRecord = {
  id: string;
  conversationId: string;
  envelopes: { recipientId: string; content: string }[];
  /** Its number in this device's chain, and the refused numbers that its body names. */
  counter: number;
  voids: number[];
  /** As it was given, without `voids`. */
  body: Body;
  /** This device's clock. */
  createdAt: string;
};

export const keys = {
  schema: "schema",
  session: "session",
  account: "account",
  device: "device",
  cursor: "cursor",
  accountData: "account-data",
  /** Id of the message whose handlers are running. */
  announcing: "announcing",
  people: "person/",
  person: (userId: string) => `person/${userId}`,
  conversations: "conversation/",
  conversation: (id: string) => `conversation/${id}`,
  allMessages: "message/",
  messages: (conversationId: string) => `message/${conversationId}/`,
  message: (message: { conversationId: string; createdAt: string; id: string }) =>
    `message/${message.conversationId}/${message.createdAt}/${message.id}`,
  /** Where a message, an edit, a deletion or a reaction lies, by its id: the value is its `createdAt`. */
  place: (conversationId: string, id: string) => `place/${conversationId}/${id}`,
  /** There from the first search on: the index is kept, and needs to hear of every message that changes. */
  searchable: "searchable",
  allUnindexed: "unindexed/",
  /** Messages of one commit whose words the index does not have as they are now: the value is their keys. */
  unindexed: (noteId: string) => `unindexed/${noteId}`,
  /** The `importedAt` of an import that has begun and not ended. */
  importing: "importing",
  searchChunks: "search/",
  searchChunk: (number: number) => `search/${String(number).padStart(6, "0")}`,
  /** An edit, deletion or reaction whose message is not here yet. */
  waiting: (conversationId: string) => `waiting/${conversationId}/`,
  waitingFor: (conversationId: string, target: string) => `waiting/${conversationId}/${target}/`,
  waitingAction: (conversationId: string, target: string, id: string) =>
    `waiting/${conversationId}/${target}/${id}`,
  /** By device and counter: which message has that number, and its hash. */
  links: (message: { conversationId: string; senderId: string }, device: string) =>
    `link/${message.conversationId}/${message.senderId}/${device}/`,
  link: (message: { conversationId: string; senderId: string }, { device, counter }: Link) =>
    `link/${message.conversationId}/${message.senderId}/${device}/${String(counter).padStart(16, "0")}`,
  /** Numbers of refused messages that no body has named yet. */
  voids: (conversationId: string, recipientId: string) => `void/${conversationId}/${recipientId}`,
  chain: (conversationId: string, recipientId: string) => `chain/${conversationId}/${recipientId}`,
  outbox: "outbox/",
  outboxEntry: (order: number) => `outbox/${String(order).padStart(16, "0")}`,
  /** A block that the server does not know yet, or false for the end of one. */
  blocks: "block/",
  block: (userId: string) => `block/${userId}`,
  /** A read mark that the server does not know yet; the value is the message's id. */
  readMarks: "read-mark/",
  readMark: (conversationId: string) => `read-mark/${conversationId}`,
} as const;
