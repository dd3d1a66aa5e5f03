/** Every size and count that two sides must agree on. Bytes are bytes, lengths of names are UTF-16 code units. */
export const limits = {
  usernameMinLength: 3,
  usernameMaxLength: 32,
  /** Shortest prefix that `users.search` answers. */
  searchPrefixMinLength: 3,
  searchResults: 10,
  passwordMinLength: 8,
  passwordMaxLength: 1_000,
  deviceNameMaxLength: 100,
  inviteCodeMaxLength: 200,

  /** UTF-8 JSON inside an envelope. */
  bodyMaxBytes: 64 * 1024,
  /** A sealed envelope, before base64: the largest body, padded, with its headers. */
  envelopeMaxBytes: 68 * 1024,
  /** Sealed account data, before base64. */
  accountDataMaxBytes: 512 * 1024,

  /** People whom one person may have blocked at a time. */
  blockedUsers: 1_000,

  messagesPerSend: 50,
  /** Members of a conversation that one message may be sealed for. */
  envelopesPerMessage: 1,
  historyPage: 200,
  conversationPage: 50,
  /** Newest messages that come with each conversation of a list. */
  newestPerConversation: 20,
  /** Content of one page of history, in characters of base64; a single larger message still comes. */
  pageMaxBytes: 512 * 1024,
  /** The same for the newest messages of one conversation in a list. */
  newestMaxBytes: 32 * 1024,
  feedBatch: 200,
  /** Message ids in one receipt event. */
  receiptIds: 200,

  /** One WebSocket frame from a client; the connection is closed with 1009 above it. */
  frameMaxBytes: 128 * 1024,
  /** tRPC calls in one HTTP request or WebSocket frame. */
  batchMaxCalls: 20,
  subscriptionsPerSocket: 8,
  /** Body of one HTTP request. */
  httpBodyMaxBytes: 1024 * 1024,
} as const;
