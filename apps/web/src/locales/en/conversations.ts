/** The list of conversations. */
export const conversations = {
  "conversations.empty": "Nothing here yet",
  "conversations.emptyHelp": "Someone on this server must know your username, {username}, or you theirs.",
  "conversations.findSomeone": "Find someone to write to",
  "conversations.unread": "{count, plural, one {# unread} other {# unread}}",
  "conversations.noMessages": "No messages yet",
  "conversations.unreadable": "A message that could not be opened",
  "conversations.unsupported": "A message for a newer version",
} as const;
