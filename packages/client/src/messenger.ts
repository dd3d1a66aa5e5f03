import { decodeBase64, encodeBase64, type KeyPair, keyPairFromSecretKey } from "@sotto/crypto";
import { createPublicApi } from "./api.ts";
import { checkRecoveryKey, createRecoveryKey, deleteAccount, renewRecoveryKey } from "./confirmed-actions.ts";
import { createEmitter } from "./emitter.ts";
import { SottoError, toSottoError } from "./errors.ts";
import { type Live, startLive } from "./live.ts";
import { type AccountRecord, keys, type SessionRecord } from "./records.ts";
import { plainRequest } from "./plain-request.ts";
import { createSerial } from "./serial.ts";
import { createCookieJar, createSession } from "./session.ts";
import { changePassword, recover, type SignedIn, signIn, signUp } from "./sign-in.ts";
import { shuttable } from "./stores/shuttable.ts";
import type { Store } from "./stores/store.ts";
import type { Messenger } from "./types.ts";
import { within } from "./within.ts";

/** How long a sign-out waits for the server to hear of it. */
const farewellTimeoutMs = 3_000;
/** How long a sign-in waits for the first load and the first connection before it resolves without. */
const readyTimeoutMs = 30_000;

/**
 * A messenger for one account on one device. Resumes without asking when the store holds a session, also while the
 * server cannot be reached.
 *
 * @param input.url where the server is, as a browser would open it: `http://localhost:3000`
 * @throws SottoError `bad-input` for a url that is none, and what the store throws
 */
export async function createMessenger(input: { url: string; store: Store }): Promise<Messenger> {
  const { store, shut } = shuttable(input.store);
  const url = parseUrl(input.url);
  const emitter = createEmitter();
  const cookies = createCookieJar();
  const publicApi = createPublicApi(url, cookies.fetch);
  const onEnded = () => {
    if (!leaving) void end("ended");
  };
  const session = createSession(store, cookies, onEnded);
  session.use(publicApi);
  let live: Live | null = null;
  /** Someone is signing in, signing out or closing: what the server says about the session meanwhile is no news. */
  let leaving = false;
  let ending: Promise<void> | null = null;
  let closed = false;
  /** Messages go out in the order in which `send` was called. */
  const inOrder = createSerial();

  function getLive(): Live {
    assertNotClosed();
    if (live === null) throw new SottoError("not-signed-in", "Sign in first.");
    return live;
  }

  function assertNotClosed(): void {
    if (closed) throw new SottoError("closed", "The messenger is closed. Create another one.");
  }

  async function start(user: SessionRecord["user"], keyPair: KeyPair): Promise<Live> {
    live = await startLive({ url, store, cookies, session, emitter, user, keyPair, onEnded });
    return live;
  }

  /** Runs one of the ways to sign in, and stays signed out when it fails anywhere. */
  async function enter<Result extends SignedIn>(way: () => Promise<Result>): Promise<Result> {
    assertNotClosed();
    await ending;
    if (live !== null || leaving) {
      throw new SottoError("already-signed-in", "Someone is signed in here already. Sign out first.");
    }
    leaving = true;
    try {
      const result = await way();
      const { grant, keyPair } = result;
      const { id, username } = grant.user;
      session.keep(grant);
      await store.erase();
      const record: SessionRecord = { user: { id, username }, sessionId: grant.sessionId };
      await store.commit([
        {
          key: keys.session,
          value: cookies.value === undefined ? record : { ...record, cookie: cookies.value },
        },
        { key: keys.account, value: accountRecord(keyPair) },
      ]);
      const started = await start(record.user, keyPair);
      leaving = false;
      emitter.tell("session", { user: record.user, reason: "signed-in" });
      await started.whenReady(readyTimeoutMs);
      return result;
    } catch (error) {
      throw toSottoError(error);
    } finally {
      leaving = false;
    }
  }

  /** Leaves the account: stops everything and erases the store. Whoever asks while it runs waits for the same end. */
  function end(reason: "signed-out" | "ended"): Promise<void> {
    ending ??= endNow(reason).finally(() => {
      ending = null;
    });
    return ending;
  }

  async function endNow(reason: "signed-out" | "ended"): Promise<void> {
    if (live === null) return;
    emitter.setQuiet(true);
    await live.close();
    emitter.setQuiet(false);
    live = null;
    session.forget();
    cookies.load(undefined);
    await store.erase();
    emitter.tell("connection", "offline");
    emitter.tell("session", { user: null, reason });
  }

  const stored = (await store.get(keys.session)) as SessionRecord | undefined;
  const account = (await store.get(keys.account)) as AccountRecord | undefined;
  if (stored !== undefined && account !== undefined) {
    cookies.load(stored);
    await start(stored.user, keyPairOf(account));
  }

  async function ownKeyPair(): Promise<KeyPair> {
    return keyPairOf((await store.get(keys.account)) as AccountRecord);
  }

  async function call<T>(task: (running: Live) => Promise<T>): Promise<T> {
    const running = getLive();
    try {
      return await task(running);
    } catch (error) {
      throw toSottoError(error);
    }
  }

  /** Runs behind what was called before it, in a conversation that the store knows. */
  function write<T>(running: Live, conversationId: string, task: () => Promise<T>): Promise<T> {
    return inOrder(async () => {
      await running.directory.learn(conversationId);
      return task();
    });
  }

  function change(
    conversationId: string,
    task: (running: Live) => Promise<{ sent: Promise<unknown> } | null>,
  ): Promise<void> {
    return call(async (running) => {
      const underway = await write(running, conversationId, () => task(running));
      await underway?.sent;
    });
  }

  return {
    get user() {
      return live?.user ?? null;
    },
    get connection() {
      return live?.connection.state ?? "offline";
    },
    signUp: async (options) => {
      const { recoveryKey } = await enter(() => signUp(publicApi, options));
      return { recoveryKey };
    },
    signIn: async (options) => {
      await enter(() => signIn(publicApi, options));
    },
    recover: async (options) => {
      await enter(() => recover(publicApi, options));
    },
    changePassword: (options) =>
      call(async ({ api, user }) => {
        await changePassword(api, { ...options, username: user.username, keyPair: await ownKeyPair() });
      }),
    createRecoveryKey: async () => createRecoveryKey(),
    renewRecoveryKey: (options) =>
      call(async ({ api }) => renewRecoveryKey(api, { ...options, keyPair: await ownKeyPair() })),
    checkRecoveryKey: (recoveryKey) =>
      call(({ user }) => checkRecoveryKey(publicApi, { username: user.username, recoveryKey })),
    async deleteAccount(password) {
      leaving = true;
      try {
        await call(({ api }) => deleteAccount(api, password));
        await end("signed-out");
      } finally {
        leaving = false;
      }
    },
    async signOut() {
      const { api, accountData } = getLive();
      leaving = true;
      try {
        // The store is erased whether or not the server can be told.
        await within(farewellTimeoutMs, accountData.push()).catch(() => undefined);
        await within(farewellTimeoutMs, api.auth.logout.mutate()).catch(() => undefined);
        await end("signed-out");
      } finally {
        leaving = false;
      }
    },

    openDirect: (username) => call(({ directory }) => directory.openDirect(username)),
    conversations: () => call((running) => running.conversations()),
    send: (conversationId, { text, replyTo, forwarded }) =>
      call(async (running) => {
        const reply = replyTo === undefined ? {} : { replyTo };
        const passedOn = forwarded === true ? { forwarded } : {};
        const { sent } = await write(running, conversationId, () =>
          running.outbox.add(conversationId, { type: "text", text, ...reply, ...passedOn }),
        );
        return sent;
      }),
    edit: (conversationId, messageId, text) =>
      change(conversationId, ({ actions }) => actions.edit(conversationId, messageId, text)),
    deleteMessage: (conversationId, messageId) =>
      change(conversationId, ({ actions }) => actions.delete(conversationId, messageId)),
    react: (conversationId, messageId, emoji) =>
      change(conversationId, ({ actions }) => actions.react(conversationId, messageId, emoji)),
    unreact: (conversationId, messageId) =>
      change(conversationId, ({ actions }) => actions.react(conversationId, messageId, null)),
    retry: (conversationId, messageId) =>
      call(async (running) => {
        const { sent } = await write(running, conversationId, () =>
          running.actions.retry(conversationId, messageId),
        );
        return sent;
      }),
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
    search: (query) => call(({ search }) => search.search(query)),
    prepareSearch: () => call(({ search }) => search.start()),
    exportPart: (cursor) => call(({ exportPart }) => exportPart(cursor)),
    importFile: (file) => call(({ imports }) => imports.run(file)),
    cancelImport: () => call(async ({ imports }) => imports.cancel()),
    markRead: (conversationId, messageId) =>
      call(({ readMarks }) => readMarks.mark(conversationId, messageId)),
    sendTyping: (conversationId) =>
      call(async ({ api, connection, preferences }) => {
        if (connection.state === "online" && preferences.settings().typing)
          await api.signals.typing.mutate({ conversationId });
      }),
    setPreference: (conversationId, changes) =>
      call(({ preferences }) => preferences.set(conversationId, changes)),
    setDraft: (conversationId, text) => call(({ preferences }) => preferences.setDraft(conversationId, text)),
    settings: () => call(({ preferences }) => Promise.resolve(preferences.settings())),
    setSettings: (changes) => call(({ preferences }) => preferences.setSettings(changes)),
    searchUsers: (prefix) => call(({ directory }) => directory.search(prefix)),
    safetyNumber: (userId) => call(({ directory }) => directory.safetyNumber(userId)),
    setVerified: (userId, verified, comparedKey) =>
      call(({ directory }) => directory.setVerified(userId, verified, comparedKey)),
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
        return await plainRequest(live?.api ?? publicApi, path, value);
      } catch (error) {
        throw toSottoError(error);
      }
    },
    on: (name, handler) => emitter.on(name, handler),
    async close() {
      closed = true;
      leaving = true;
      await ending;
      emitter.setQuiet(true);
      await live?.close();
      live = null;
      session.close();
      shut();
      await input.store.close();
      emitter.clear();
    },
  };
}

function accountRecord({ publicKey, secretKey }: KeyPair): AccountRecord {
  return { publicKey: encodeBase64(publicKey), secretKey: encodeBase64(secretKey) };
}

function keyPairOf({ secretKey }: AccountRecord): KeyPair {
  return keyPairFromSecretKey(decodeBase64(secretKey));
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new SottoError("bad-input", `The url "${text}" is not an http or https address.`);
  }
  return url.origin;
}
