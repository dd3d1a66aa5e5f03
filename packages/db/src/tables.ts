import type { AccountDataTable } from "./tables/account-data.ts";
import type { ChallengesTable } from "./tables/challenges.ts";
import type { ConversationMembersTable } from "./tables/conversation-members.ts";
import type { ConversationsTable } from "./tables/conversations.ts";
import type { CredentialsTable } from "./tables/credentials.ts";
import type { FeedCountersTable } from "./tables/feed-counters.ts";
import type { FeedEventsTable } from "./tables/feed-events.ts";
import type { MessagesTable } from "./tables/messages.ts";
import type { MetaTable } from "./tables/meta.ts";
import type { RedeemedTicketsTable } from "./tables/redeemed-tickets.ts";
import type { RefreshTokensTable } from "./tables/refresh-tokens.ts";
import type { SessionsTable } from "./tables/sessions.ts";
import type { UsersTable } from "./tables/users.ts";

export type Tables = {
  meta: MetaTable;
  users: UsersTable;
  credentials: CredentialsTable;
  sessions: SessionsTable;
  refresh_tokens: RefreshTokensTable;
  challenges: ChallengesTable;
  redeemed_tickets: RedeemedTicketsTable;
  account_data: AccountDataTable;
  conversations: ConversationsTable;
  conversation_members: ConversationMembersTable;
  messages: MessagesTable;
  feed_counters: FeedCountersTable;
  feed_events: FeedEventsTable;
};
