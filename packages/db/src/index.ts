export { DatabaseError, type DatabaseErrorCode } from "./database-error.ts";
export type { Db } from "./db.ts";
export { openDatabase, pingDatabase, type Database, type DatabasePlace } from "./open-database.ts";
export { findAccountData, putAccountData } from "./queries/account-data.ts";
export {
  createAccount,
  findCredentials,
  getCredentialsOf,
  replacePassword,
  type Credentials,
  type NewAccount,
} from "./queries/accounts.ts";
export { blockUser, listBlocked, unblockUser } from "./queries/blocks.ts";
export { createChallenge, takeChallenge } from "./queries/challenges.ts";
export { findSignalPeers, listConversations, openDirectConversation } from "./queries/conversations.ts";
export { findFeedHead, readFeed, type FeedPage } from "./queries/feed.ts";
export { listHistory } from "./queries/history.ts";
export { deleteExpired } from "./queries/maintenance.ts";
export { findMeta, setMetaOnce } from "./queries/meta.ts";
export { acknowledge, markRead } from "./queries/receipts.ts";
export { rotateRefreshToken, type Rotation } from "./queries/refresh-tokens.ts";
export {
  createSession,
  endSession,
  isSessionLive,
  listEndedSessions,
  listSessions,
  type Session,
} from "./queries/sessions.ts";
export { storeMessages } from "./queries/store-messages.ts";
export { redeemTicket } from "./queries/tickets.ts";
export { countUsers, findUserById, findUserByUsername, searchUsers } from "./queries/users.ts";
export type { ChallengeKind } from "./tables/challenges.ts";
export type { Tables } from "./tables.ts";
