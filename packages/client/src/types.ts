import type { SessionInfo } from "@sotto/protocol";
import type { ExportPart } from "./export.ts";
import type { ImportResult } from "./import.ts";

export type Person = {
  id: string;
  username: string;
  /** X25519 public key, base64: what pins hold and avatars are coloured by. */
  publicKey: string;
};

/**
 * Own messages are queued, sent, delivered, read or refused; those of others unread or read. What this person took in
 * from a file is imported, whoever wrote it: the server never gave it to this device.
 */
export type MessageState = "queued" | "sent" | "delivered" | "read" | "refused" | "unread" | "imported";

/** One emoji under a message and who gave it, first comer first. Each person has at most one on a message. */
export type Reaction = { emoji: string; userIds: string[] };

/** What a message said before an edit, and since when. */
export type EarlierText = { text: string; createdAt: string };

export type Message = {
  id: string;
  conversationId: string;
  senderId: string;
  /** As last edited. Empty where `problem` says why there is nothing to read, and where it is `deleted`. */
  text: string;
  /** UTC, ISO 8601 with microseconds; the server's stamp, or this device's clock while `state` is queued. */
  createdAt: string;
  state: MessageState;
  /** Of own messages: when the other one's devices had it, by the server's clock. Absent where nobody said when. */
  deliveredAt?: string;
  /** When the other one had seen it. Absent as well where read receipts are private. */
  readAt?: string;
  /** `unreadable`: the envelope could not be opened. `unsupported`: a kind that this version does not know. */
  problem?: "unreadable" | "unsupported";
  /** So many messages of the same device, right before this one, never arrived here. */
  missingBefore?: number;
  /** So many messages of the same device, behind this one, never arrived, and no later one of it has come yet. */
  missingAfter?: number;
  /** Its place among the messages of its device is not the one that the device gave it: somebody interfered. */
  tampered?: boolean;
  /** There where it is imported: when, by this device's clock. */
  importedAt?: string;
  /** Why the server refused it for good, in a sentence for people. */
  refusal?: string;
  /** The same as the literal that the server gave. */
  refusalReason?: string;
  /** Id of the message in this conversation that it answers; that one may not be on this device, or not exist. */
  replyTo?: string;
  /** Somebody else's words, passed on by the sender. */
  forwarded?: true;
  /** When its author edited it last. */
  editedAt?: string;
  /** What it said before, oldest first; there where it was edited. */
  edits?: EarlierText[];
  /** Its author took it back: this is only the place where it was. */
  deleted?: true;
  /** There where someone reacted; in the order in which the emoji came. */
  reactions?: Reaction[];
};

/** At most one of `before`, `after` and `around`: ids of messages. Without, the newest. `limit` is 50 unless given. */
export type HistoryPage = { before?: string; after?: string; around?: string; limit?: number };

/**
 * What a message is made of. `replyTo` is a message of the same conversation.
 *
 * `id`: a UUID that the caller makes, version 7 so that ids sort by time. Whoever cannot know whether a call got
 * through repeats it with the same id, and the message goes out once; without one, every call is a message of its own.
 * Ids are not shared between conversations.
 */
export type OutgoingMessage = { text: string; replyTo?: string; forwarded?: boolean; id?: string };

/** 60 digits, and the key of the other one that they were computed from, base64: only that key was compared. */
export type SafetyNumber = { digits: string; publicKey: string };

/** What a person set for one conversation, on all their devices. */
export type ConversationPreferences = {
  muted: boolean;
  pinned: boolean;
  /** Until someone writes in it, unless it is muted. */
  archived: boolean;
};

/** What a person set for everything, on all their devices. All are mutual: who does not give it does not get it. */
export type Settings = { readReceipts: boolean; typing: boolean; presence: boolean };

export type Conversation = ConversationPreferences & {
  id: string;
  kind: "direct";
  /** Everyone in it, the signed-in person included. */
  members: Person[];
  /** The other one. */
  peer: Person;
  /** The peer's key is not the one that was pinned at first contact, and this person has neither verified nor accepted it. */
  keyChanged: boolean;
  /** The peer's key is not the one that was verified: nothing is sent until the person verifies or accepts it. */
  keyRefused: boolean;
  /** When the peer's key was first seen to be another, oldest first: ISO 8601, by the clock of the device that saw it. */
  keyChanges: string[];
  /** This person compared safety numbers with the peer, and the key is still that one. */
  verified: boolean;
  /** This person has blocked the peer: neither writes to the other, and the peer is not told. */
  blocked: boolean;
  /**
   * The peer wrote, and this person has sent nothing, has not opened the conversation themselves and has not accepted it.
   * Nothing to ring for; `message` says all the same what arrives.
   */
  request: boolean;
  createdAt: string;
  lastMessage: Message | null;
  unreadCount: number;
  /** What this person began to write, on any of their devices; empty where there is nothing. */
  draft: string;
};

export type SearchQuery = {
  /** Words, each to be found as it is, as the beginning of a longer one, or but for a slip. Empty: all messages. */
  text: string;
  /** Who wrote it: a user id. */
  from?: string;
  /** Times, ISO 8601, exclusive. */
  before?: string;
  after?: string;
  conversationId?: string;
  /** 30 unless given. */
  limit?: number;
};

/** Where in `message.text` the words stand, in UTF-16 code units, `end` exclusive. */
export type SearchResult = { message: Message; ranges: { start: number; end: number }[] };

export type SearchResults = { results: SearchResult[]; coverage: SearchCoverage };

/**
 * What a search looks through. `from`: everything since then is in it, null for all. `progress`: 0 to 1, how much of
 * the time since the first conversation that is.
 */
export type SearchCoverage = { from: string | null; complete: boolean; progress: number };

export type Receipt = {
  messageId: string;
  conversationId: string;
  userId: string;
  state: "delivered" | "read";
};

export type ConnectionState = "connecting" | "online" | "offline";

export type MessengerEvents = {
  /**
   * A message newer than the store's cursor: of others, and own ones of other devices. Awaited before the cursor moves.
   * Edits, deletions and reactions are no messages: they show as `messages`.
   */
  message: Message;
  /** One for each own message and state: that the other one has it, then that they have seen it. */
  receipt: Receipt;
  connection: ConnectionState;
  typing: { conversationId: string; userId: string };
  /** Somebody came or left: see `listPresent`. */
  presence: undefined;
  "search-progress": SearchCoverage;
  /** Of the import under way, from 0 to 1. */
  "import-progress": { progress: number };
  /** Messages of this conversation in the store changed: arrived, sent, refused, marked, edited, deleted, reacted to. */
  messages: { conversationId: string };
  /** The list of conversations changed: order, preview, unread count, preferences, draft, a new one. */
  conversations: undefined;
  /** Here or on another device. */
  settings: Settings;
  /**
   * The server gave what an honest one would not: account data older than this device has seen (a restored backup, or
   * a host that wants a pin forgotten), or an answer that does not open or does not fit. It was not used.
   */
  warning: { code: "account-data-rolled-back" | "untrusted-answer" };
  /**
   * Signed in, signed out here, ended from elsewhere, or evicted: the store was erased by the browser. `user` is set
   * already.
   */
  session: {
    user: { id: string; username: string } | null;
    reason: "signed-in" | "signed-out" | "ended" | "evicted";
  };
};

export type EventName = keyof MessengerEvents;
export type EventHandler<Name extends EventName> = (event: MessengerEvents[Name]) => void | Promise<void>;

/** What goes through the outbox. */
export type Writing = "send" | "edit" | "deleteMessage" | "react" | "unreact" | "retry";

export type Messenger = {
  readonly user: { id: string; username: string } | null;
  readonly connection: ConnectionState;

  signUp(input: {
    username: string;
    password: string;
    inviteCode?: string;
  }): Promise<{ recoveryKey: string }>;
  signIn(input: { username: string; password: string }): Promise<void>;
  recover(input: { username: string; recoveryKey: string; newPassword: string }): Promise<void>;
  changePassword(input: { oldPassword: string; newPassword: string }): Promise<void>;
  /** A recovery key that opens nothing until `renewRecoveryKey` is called with it: to be written down first. */
  createRecoveryKey(): Promise<string>;
  /** Puts this recovery key in the place of the one before. May be repeated where it is not known whether it did. */
  renewRecoveryKey(input: { recoveryKey: string; password: string }): Promise<void>;
  /** Resolves where this recovery key would open the account now. Changes nothing. */
  checkRecoveryKey(recoveryKey: string): Promise<void>;
  /** Deletes the account on the server, then erases the store. There is no way back. */
  deleteAccount(password: string): Promise<void>;
  /** Ends the session on the server where it can be reached, and erases the store in any case. */
  signOut(): Promise<void>;

  openDirect(username: string): Promise<Conversation>;
  conversations(): Promise<Conversation[]>;
  /**
   * Resolves when the server has it stored; until then the message is in the store as queued.
   *
   * @throws SottoError `bad-input` for an id that is none or somebody else's, `not-possible` for that of a refused one
   */
  send(conversationId: string, message: OutgoingMessage): Promise<{ id: string; createdAt: string }>;
  /**
   * Change a message: shown here at once, and resolved when the server has the change. Edits and deletions are for own
   * messages. A person has one reaction on a message: another emoji replaces it. What would change nothing sends
   * nothing.
   *
   * @throws SottoError `unknown-message`, `not-yours`, `not-possible` where it was refused, deleted or can't be read
   */
  edit(conversationId: string, messageId: string, text: string): Promise<void>;
  deleteMessage(conversationId: string, messageId: string): Promise<void>;
  react(conversationId: string, messageId: string, emoji: string): Promise<void>;
  unreact(conversationId: string, messageId: string): Promise<void>;
  /** Sends a refused message again, as a new message in its stead; resolves as `send` does. */
  retry(conversationId: string, messageId: string): Promise<{ id: string; createdAt: string }>;
  /**
   * The same calls for who does not wait for the server: each resolves when what was written is in the store, and
   * rejects where it did not get there. A later refusal is said by the message itself.
   */
  readonly queue: { [Name in Writing]: (...args: Parameters<Messenger[Name]>) => Promise<void> };
  /** Removes a refused message from this device, the only place where it is. */
  discard(conversationId: string, messageId: string): Promise<void>;
  /** One message, where this device has it. */
  message(conversationId: string, messageId: string): Promise<Message | null>;
  /**
   * Newest first. `before`: the messages older than the one with this id, none at the beginning of the conversation.
   * `after`: those right behind it, fewer than `limit` where the newest is among them. `around`: it and its neighbours
   * on both sides, for a jump into the middle; what lies between here and there is loaded.
   *
   * @throws SottoError `unknown-message`, `bad-input`, or `offline` where older pages can't be reached
   */
  history(conversationId: string, page?: HistoryPage): Promise<Message[]>;
  /**
   * Id of the oldest message that this person has not read, null where there is none. What lies between here and there
   * is loaded; offline it is the oldest of them on this device.
   */
  firstUnread(conversationId: string): Promise<string | null>;
  /**
   * Searches in what is on this device: the newest first, those with a slip after the others. The first call on a
   * device begins to keep an index, and to load the rest of the history while there is a connection.
   */
  search(query: SearchQuery): Promise<SearchResults>;
  /** Begins that without a search, so that the first one finds more. */
  prepareSearch(): Promise<void>;
  /** A part of everything that this person has, decrypted; the first one without a cursor. See `exportAll`. */
  exportPart(cursor?: string): Promise<ExportPart>;
  /**
   * Takes an own export (JSON) in: its messages join the conversations with the same people on this device, to be read
   * and found. What is there already stays as it is. Null where it was cancelled: then nothing of it is left.
   *
   * @throws SottoError `not-an-export`, `not-your-export`, `import-running`, and `offline` before all conversations
   *   are loaded
   */
  importFile(file: Blob): Promise<ImportResult | null>;
  cancelImport(): Promise<void>;
  markRead(conversationId: string, messageId: string): Promise<void>;
  sendTyping(conversationId: string): Promise<void>;
  /**
   * Whether the person has Sotto in front of them: to be said when that begins, once a minute while it lasts, and at its
   * end. Nobody hears of it unless both have presence switched on.
   */
  setPresent(present: boolean): Promise<void>;
  /** Ids of the people who have. */
  listPresent(): Promise<string[]>;
  /** Kept here at once, carried to the other devices when the server can be reached. The last word counts, for each. */
  setPreference(conversationId: string, changes: Partial<ConversationPreferences>): Promise<void>;
  /** The same for what was begun to write; the other devices get it when the person pauses. */
  setDraft(conversationId: string, text: string): Promise<void>;
  settings(): Promise<Settings>;
  setSettings(changes: Partial<Settings>): Promise<void>;
  searchUsers(prefix: string): Promise<Person[]>;
  safetyNumber(userId: string): Promise<SafetyNumber>;
  /**
   * Says that the safety number was compared and is right. From then on nothing is sealed for another key. With
   * `comparedKey`, the `publicKey` of the number that was compared, it is refused as `key-changed` if that is no longer
   * the key of the person.
   */
  setVerified(userId: string, verified: boolean, comparedKey?: string): Promise<void>;
  /**
   * Ends the stop of a changed key without comparing it, for this key alone.
   *
   * @throws SottoError `key-changed` if that is no longer the key of the person
   */
  acceptKey(userId: string, publicKey: string): Promise<void>;
  /** Makes a conversation like any other of a request, on all devices. Sending does the same. */
  acceptRequest(conversationId: string): Promise<void>;
  /**
   * Keeps from this person whatever that one sends from now on, also after the block has ended, without telling them.
   * Counts here at once; the server is told as soon as it can be reached.
   */
  block(userId: string): Promise<void>;
  unblock(userId: string): Promise<void>;
  blocked(): Promise<Person[]>;
  sessions(): Promise<SessionInfo[]>;
  revokeSession(sessionId: string): Promise<void>;

  /** One tRPC call that touches no secret, with this session's access: how a screen asks for people and sessions. */
  request(path: PlainPath, input: unknown): Promise<unknown>;

  on<Name extends EventName>(name: Name, handler: EventHandler<Name>): () => void;
  /**
   * To be called when the network may be another one: it came back, or somebody looks again. A wait for the next
   * attempt to connect ends, and an open connection has three seconds to show that it lives. At most once in two seconds.
   */
  wake(): void;
  /**
   * Disconnects and waits for running writes; the store keeps everything. A handler of `message` that is still running
   * is waited for, but no longer than 1.5 seconds: after that its message comes again at the next start.
   */
  close(): Promise<void>;
};

/** Procedures that carry nothing secret and may be called from outside the messenger. */
export const plainPaths = [
  "auth.options",
  "auth.sessions",
  "auth.revokeSession",
  "auth.revokeOtherSessions",
  "account.whatIsStored",
  "users.search",
  "users.get",
] as const;
export type PlainPath = (typeof plainPaths)[number];
