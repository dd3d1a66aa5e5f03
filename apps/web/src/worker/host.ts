import type { EventName, Messenger } from "@sotto/client";
import { post, toPlainError } from "./port.ts";
import type { BroadcastEvent, Calls, Channel, ToHost, ToPages } from "./port.ts";

const eventNames = {
  message: true,
  receipt: true,
  connection: true,
  typing: true,
  presence: true,
  "search-progress": true,
  "import-progress": true,
  messages: true,
  conversations: true,
  settings: true,
  warning: true,
  session: true,
} satisfies Record<EventName, true>;

/** Serves every page of this browser over the channel, from now on. */
export function serveMessenger(messenger: Messenger, channel: Channel): void {
  const host = crypto.randomUUID();
  const calls = createCalls(messenger);
  let isOver = false;
  const announce = (begun: boolean) => {
    const snapshot = { user: messenger.user, connection: messenger.connection };
    post(channel, { to: "pages", kind: "ready", host, begun, snapshot });
  };

  for (const name of Object.keys(eventNames) as EventName[]) {
    messenger.on(name, (payload) => {
      post(channel, { to: "pages", kind: "event", event: { name, payload } as BroadcastEvent });
    });
  }
  channel.addEventListener("message", ({ data }: MessageEvent<ToHost | ToPages>) => {
    if (isOver) return;
    if (data.to === "pages") {
      if (data.kind !== "ready") return;
      if (data.begun) isOver = true;
      else announce(false);
    } else if (data.kind === "hello") announce(false);
    else if (data.kind === "wake") messenger.wake();
    else if (data.host === host) void answer(data);
  });
  announce(true);

  async function answer({ page, id, name, args }: ToHost & { kind: "call" }): Promise<void> {
    post(channel, { to: "pages", kind: "taken", host, page, id });
    try {
      const call = calls[name] as (...args: unknown[]) => Promise<unknown>;
      post(channel, { to: "pages", kind: "result", host, page, id, value: await call(...args) });
    } catch (error) {
      const plain = toPlainError(error);
      if (plain.code !== "store-in-use")
        post(channel, { to: "pages", kind: "error", host, page, id, error: plain });
    }
  }
}

/** Tells every page, now and when it asks, why there will be no messenger. */
export function serveFailure(error: unknown, channel: Channel): void {
  const announce = () => {
    post(channel, { to: "pages", kind: "unavailable", error: toPlainError(error) });
  };
  channel.addEventListener("message", ({ data }: MessageEvent<ToHost | ToPages>) => {
    if (data.to === "host" && data.kind === "hello") announce();
  });
  announce();
}

function createCalls(messenger: Messenger): Calls {
  return {
    signUp: (input) => messenger.signUp(input),
    signIn: (input) => messenger.signIn(input),
    recover: (input) => messenger.recover(input),
    changePassword: (input) => messenger.changePassword(input),
    createRecoveryKey: () => messenger.createRecoveryKey(),
    renewRecoveryKey: (input) => messenger.renewRecoveryKey(input),
    checkRecoveryKey: (recoveryKey) => messenger.checkRecoveryKey(recoveryKey),
    deleteAccount: (password) => messenger.deleteAccount(password),
    signOut: () => messenger.signOut(),
    openDirect: (username) => messenger.openDirect(username),
    conversations: () => messenger.conversations(),
    history: (conversationId, page) => messenger.history(conversationId, page),
    firstUnread: (conversationId) => messenger.firstUnread(conversationId),
    markRead: (conversationId, messageId) => messenger.markRead(conversationId, messageId),
    setPreference: (conversationId, changes) => messenger.setPreference(conversationId, changes),
    setDraft: (conversationId, text) => messenger.setDraft(conversationId, text),
    settings: () => messenger.settings(),
    setSettings: (changes) => messenger.setSettings(changes),
    sendTyping: (conversationId) => messenger.sendTyping(conversationId),
    setPresent: (present) => messenger.setPresent(present),
    listPresent: () => messenger.listPresent(),
    safetyNumber: (userId) => messenger.safetyNumber(userId),
    setVerified: (userId, verified, comparedKey) => messenger.setVerified(userId, verified, comparedKey),
    acceptKey: (userId, publicKey) => messenger.acceptKey(userId, publicKey),
    acceptRequest: (conversationId) => messenger.acceptRequest(conversationId),
    block: (userId) => messenger.block(userId),
    unblock: (userId) => messenger.unblock(userId),
    blocked: () => messenger.blocked(),
    request: (path, input) => messenger.request(path, input),
    message: (conversationId, messageId) => messenger.message(conversationId, messageId),
    search: (query) => messenger.search(query),
    exportPart: (cursor) => messenger.exportPart(cursor),
    importFile: (file) => messenger.importFile(file),
    cancelImport: () => messenger.cancelImport(),
    discard: (conversationId, messageId) => messenger.discard(conversationId, messageId),
    ...messenger.queue,
  };
}
