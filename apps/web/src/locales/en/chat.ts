/** One conversation: header, log, composer. */
export const chat = {
  "chat.conversationWith": "Conversation with {name}",
  "chat.backToAll": "Back to all",
  "chat.typing": "typing…",
  "chat.offline": "Offline",
  "chat.connecting": "Connecting…",
  "chat.encrypted": "End-to-end encrypted",
  "chat.missing": "This conversation is not on this device. <link>Back to all conversations</link>",
  "chat.keyChanged":
    "The key of {name} has changed since you first met. Ask them in another way whether they know why.",
  "chat.beginning":
    "What you write here is sealed on this device and opened on theirs. The server keeps it closed.",
  "chat.block": "Block {name}",
  "chat.blockQuestion": "Block {name}?",
  "chat.blockExplained":
    "You will not see what {name} writes from now on, also not later. {name} is not told.",
  "chat.blockNow": "Block",
  "chat.blocked": "You have blocked {name}.",
  "chat.unblock": "Unblock",
  "chat.messages": "Messages",
  "chat.jumpToNewest": "Jump to the newest",
  "chat.you": "You",
  "chat.received": "Received",
  "chat.notSent": "Not sent. {reason}",
  "chat.unreadable": "This message could not be opened.",
  "chat.unsupported": "This message needs a newer version of Sotto.",
  "chat.tampered": "The order of messages was changed on the way. The next one is not where it was written.",
  "chat.missingBefore": "{count, plural, one {# message is missing.} other {# messages are missing.}}",
  "chat.message": "Message",
  "chat.writeTo": "Write to {name}",
  "chat.send": "Send",
} as const;
