export { SottoError, type SottoErrorCode } from "./errors.ts";
export { exportAll, type ExportPart } from "./export.ts";
export { type ExportRecord, parseExportRecord } from "./export-format.ts";
export type { ImportResult } from "./import.ts";
export { createMessenger } from "./messenger.ts";
export { fileStore } from "./stores/file-store.ts";
export { indexedDbStore } from "./stores/indexed-db-store.ts";
export { memoryStore } from "./stores/memory-store.ts";
export type { Change, Entry, Range, Store } from "./stores/store.ts";
export {
  type ConnectionState,
  type Conversation,
  type ConversationPreferences,
  type EarlierText,
  type EventHandler,
  type EventName,
  type HistoryPage,
  type Message,
  type MessageState,
  type Messenger,
  type MessengerEvents,
  type OutgoingMessage,
  type Person,
  type PlainPath,
  plainPaths,
  type Reaction,
  type Receipt,
  type SafetyNumber,
  type SearchCoverage,
  type SearchQuery,
  type SearchResult,
  type SearchResults,
  type Settings,
} from "./types.ts";
