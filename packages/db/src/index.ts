export { DatabaseError, findCode, isUnavailable, type DatabaseErrorCode } from "./database-error.ts";
export type { Db } from "./db.ts";
export { openDatabase, pingDatabase, type Database, type DatabasePlace } from "./open-database.ts";
export type { FeedRun } from "./queries/append-events.ts";
export { findAccountData, putAccountData } from "./queries/account-data.ts";
export {
  createAccount,
  findCredentials,
  getCredentialsOf,
  replacePassword,
  replaceRecoveryKey,
  type Credentials,
  type NewAccount,
} from "./queries/accounts.ts";
export { blockUser, listBlocked } from "./queries/blocks.ts";
export { unblockUser } from "./queries/unblock-user.ts";
export { createChallenge, takeChallenge } from "./queries/challenges.ts";
export { findSignalPeers, listConversations, listPresencePeers } from "./queries/conversations.ts";
export { deleteAccount } from "./queries/delete-account.ts";
export {
  findFeedHead,
  listFeedNumbers,
  readFeed,
  readFeeds,
  type FeedBounds,
  type FeedOutcome,
  type FeedPage,
  type FeedPlace,
} from "./queries/feed.ts";
export { listHistory } from "./queries/history.ts";
export { deleteExpired } from "./queries/maintenance.ts";
export { findMeta, setMetaOnce } from "./queries/meta.ts";
export { openDirectConversation } from "./queries/open-conversation.ts";
export { rotateRefreshToken, type Rotation } from "./queries/refresh-tokens.ts";
export {
  createSession,
  endOtherSessions,
  endSession,
  isSessionLive,
  listEndedSessions,
  listSessions,
  type Session,
} from "./queries/sessions.ts";
export { listStoredRows } from "./queries/stored-rows.ts";
export { redeemTicket } from "./queries/tickets.ts";
export { countUsers, findUserById, findUserByUsername, searchUsers } from "./queries/users.ts";
export { writeMarks, type MarkOutcomes, type Marks } from "./queries/write-marks.ts";
export type { Acknowledgement, AcknowledgementOutcome } from "./queries/mark-delivered.ts";
export type { ReadMark, ReadOutcome } from "./queries/mark-read.ts";
export { storeMessages, type Send } from "./queries/store-messages.ts";
export type { ChallengeKind } from "./tables/challenges.ts";
export type { Tables } from "./tables.ts";
