import { checkRecoveryKey, createRecoveryKey, deleteAccount, renewRecoveryKey } from "./confirmed-actions.ts";
import { createEmitter } from "./emitter.ts";
import { SottoError, toSottoError } from "./errors.ts";
import { createLifecycle } from "./lifecycle.ts";
import type { Live } from "./live.ts";
import { plainRequest } from "./plain-request.ts";
import { createSerial } from "./serial.ts";
import { changePassword, recover, signIn, signUp } from "./sign-in.ts";
import type { Store } from "./stores/store.ts";
import type { Messenger } from "./types.ts";
import { createWriting } from "./writing.ts";

/**
 * A messenger for one account on one device. Resumes without asking when the store holds a session, also while the
 * server cannot be reached.
 *
 * @param input.url where the server is, as a browser would open it: `http://localhost:3000`
 * @param input.quietRequests for people's devices: while a conversation is a request, nobody hears what is read or being
 *   written in it, and who is typing there is not told. A program says what it is told to say.
 * @throws SottoError `bad-input` for a url that is none, and what the store throws
 */
export async function createMessenger(input: {
  url: string;
  store: Store;
  quietRequests?: boolean;
}): Promise<Messenger> {
  const url = parseUrl(input.url);
  const emitter = createEmitter();
  const lifecycle = await createLifecycle({
    url,
    store: input.store,
    emitter,
    quietRequests: input.quietRequests ?? false,
  });
  const { publicApi } = lifecycle;
  /** Messages go out in the order in which `send` was called. */
  const inOrder = createSerial();

  async function call<T>(task: (running: Live) => Promise<T>): Promise<T> {
    const running = lifecycle.get();
    try {
      return await task(running);
    } catch (error) {
      throw toSottoError(error);
    }
  }

  // Who answers a request accepts it.
  const writing = createWriting((conversationId, task) =>
    call((running) =>
      inOrder(async () => {
        const { request } = await running.directory.learn(conversationId);
        const result = await task(running);
        if (request && result !== null) await running.preferences.accept(conversationId);
        return result;
      }),
    ),
  );

  return {
    get user() {
      return lifecycle.find()?.user ?? null;
    },
    get connection() {
      return lifecycle.find()?.connection.state ?? "offline";
    },
    signUp: async (options) => {
      const { recoveryKey } = await lifecycle.enter(() => signUp(publicApi, options));
      return { recoveryKey };
    },
    signIn: async (options) => {
      await lifecycle.enter(() => signIn(publicApi, options));
    },
    recover: async (options) => {
      await lifecycle.enter(() => recover(publicApi, options));
    },
    changePassword: (options) =>
      call(async ({ api, user }) => {
        await changePassword(api, {
          ...options,
          username: user.username,
          keyPair: await lifecycle.getKeyPair(),
        });
      }),
    createRecoveryKey: async () => createRecoveryKey(),
    renewRecoveryKey: (options) =>
      call(async ({ api }) => renewRecoveryKey(api, { ...options, keyPair: await lifecycle.getKeyPair() })),
    checkRecoveryKey: (recoveryKey) =>
      call(({ user }) => checkRecoveryKey(publicApi, { username: user.username, recoveryKey })),
    deleteAccount: (password) =>
      lifecycle.leave(async ({ api }) => {
        try {
          await deleteAccount(api, password);
        } catch (error) {
          throw toSottoError(error);
        }
      }),
    signOut: () => lifecycle.signOut(),

    openDirect: (username) => call(({ directory }) => directory.openDirect(username)),
    conversations: () => call((running) => running.conversations()),
    ...writing.calls,
    queue: writing.queue,
    discard: (conversationId, messageId) =>
      call(({ actions }) => inOrder(() => actions.discard(conversationId, messageId))),
    message: (conversationId, messageId) =>
      call(({ history }) => inOrder(() => history.message(conversationId, messageId))),
    history: (conversationId, page) =>
      call(async ({ directory, history }) => {
        // Behind the sends before it, so that its answer has them.
        await inOrder(() => directory.learn(conversationId));
        return history.page(conversationId, page);
      }),
    firstUnread: (conversationId) =>
      call(async ({ directory, history }) => {
        await directory.learn(conversationId);
        return history.firstUnread(conversationId);
      }),
    search: (query) => call(({ search }) => search.search(query)),
    prepareSearch: () => call(({ search }) => search.start()),
    exportPart: (cursor) => call(({ exportPart }) => exportPart(cursor)),
    importFile: (file) => call(({ imports }) => imports.run(file)),
    cancelImport: () => call(async ({ imports }) => imports.cancel()),
    markRead: (conversationId, messageId) =>
      call(({ readMarks }) => readMarks.mark(conversationId, messageId)),
    sendTyping: (conversationId) => call(({ signals }) => signals.sendTyping(conversationId)),
    setPresent: (present) => call(({ signals }) => signals.presence.set(present)),
    listPresent: () => call(async ({ signals }) => signals.presence.list()),
    setPreference: (conversationId, changes) =>
      call(({ preferences }) => preferences.set(conversationId, changes)),
    setDraft: (conversationId, text) => call(({ preferences }) => preferences.setDraft(conversationId, text)),
    settings: () => call(({ preferences }) => Promise.resolve(preferences.settings())),
    setSettings: (changes) => call(({ preferences }) => preferences.setSettings(changes)),
    searchUsers: (prefix) => call(({ directory }) => directory.search(prefix)),
    safetyNumber: (userId) => call(({ directory }) => directory.safetyNumber(userId)),
    setVerified: (userId, verified, comparedKey) =>
      call(({ directory }) => directory.setVerified(userId, verified, comparedKey)),
    acceptKey: (userId, publicKey) => call(({ directory }) => directory.acceptKey(userId, publicKey)),
    acceptRequest: (conversationId) => call(({ directory }) => directory.acceptRequest(conversationId)),
    block: (userId) => call(({ blocks }) => blocks.block(userId)),
    unblock: (userId) => call(({ blocks }) => blocks.unblock(userId)),
    blocked: () => call(({ directory }) => directory.blocked()),
    sessions: () => call(({ api }) => api.auth.sessions.query()),
    revokeSession: (sessionId) =>
      call(async ({ api }) => {
        await api.auth.revokeSession.mutate({ sessionId });
      }),
    request: async (path, value) => {
      try {
        return await plainRequest(lifecycle.find()?.api ?? publicApi, path, value);
      } catch (error) {
        throw toSottoError(error);
      }
    },
    on: (name, handler) => emitter.on(name, handler),
    wake: () => lifecycle.find()?.connection.wake(),
    close: () => lifecycle.close(),
  };
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new SottoError("bad-input", `The url "${text}" is not an http or https address.`);
  }
  return url.origin;
}
