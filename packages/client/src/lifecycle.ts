import { decodeBase64, encodeBase64, type KeyPair, keyPairFromSecretKey } from "@sotto/crypto";
import { createPublicApi } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import { SottoError, toSottoError } from "./errors.ts";
import { type Live, startLive } from "./live.ts";
import { createLossWatch } from "./loss-watch.ts";
import { type AccountRecord, keys, type SessionRecord } from "./records.ts";
import { createCookieJar, createSession } from "./session.ts";
import type { SignedIn } from "./sign-in.ts";
import { shuttable } from "./stores/shuttable.ts";
import type { Store } from "./stores/store.ts";
import { within } from "./within.ts";

/** How long a sign-out waits for the server to hear of it. */
const farewellTimeoutMs = 3_000;
/** How long a sign-in waits for the first load and the first connection before it resolves without. */
const readyTimeoutMs = 30_000;

/**
 * Who is signed in on this device: coming in, going out, and what runs in between. Resumes where the store holds a
 * session. One of these happens at a time, and a session that ends meanwhile ends once.
 */
export async function createLifecycle(input: {
  url: string;
  store: Store;
  emitter: Emitter;
  quietRequests: boolean;
}) {
  const { url, emitter, quietRequests } = input;
  const { store, shut } = shuttable(input.store);
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

  function assertNotClosed(): void {
    if (closed) throw new SottoError("closed", "The messenger is closed. Create another one.");
  }

  async function start(user: SessionRecord["user"], keyPair: KeyPair): Promise<Live> {
    live = await startLive({ url, store, cookies, session, emitter, user, keyPair, quietRequests, onEnded });
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
      leaving = false;
      throw toSottoError(error);
    }
  }

  /** Leaves the account: stops everything and erases the store. Whoever asks while it runs waits for the same end. */
  function end(reason: "signed-out" | "ended" | "evicted"): Promise<void> {
    ending ??= endNow(reason).finally(() => {
      ending = null;
    });
    return ending;
  }

  async function endNow(reason: "signed-out" | "ended" | "evicted"): Promise<void> {
    if (live === null) return;
    emitter.setQuiet(true);
    await live.close();
    emitter.setQuiet(false);
    live = null;
    session.forget();
    cookies.load(undefined);
    let isTakenOver = false;
    try {
      await store.erase();
    } catch (error) {
      // Whoever has the store now has the session with it: that one ends it, being asked again or told by the server.
      isTakenOver = error instanceof SottoError && error.code === "store-in-use";
      if (!isTakenOver || reason === "signed-out") throw error;
    } finally {
      if (!isTakenOver) {
        emitter.tell("connection", "offline");
        emitter.tell("session", { user: null, reason });
      }
    }
  }

  /** Whoever leaves of their own accord: `farewell` tells the server. */
  async function leave(farewell: (running: Live) => Promise<void>): Promise<void> {
    const running = getLive();
    leaving = true;
    try {
      await farewell(running);
      await end("signed-out");
    } finally {
      leaving = false;
    }
  }

  function getLive(): Live {
    assertNotClosed();
    if (live === null) throw new SottoError("not-signed-in", "Sign in first.");
    return live;
  }

  const lookAfterLoss = createLossWatch({
    find: () => live,
    isLeaving: () => leaving,
    isKept: async () => (await store.get(keys.session)) !== undefined,
    // What could not be erased is gone already.
    evict: () => end("evicted").catch(() => undefined),
  });
  input.store.onLost?.(() => void lookAfterLoss());
  const stored = (await store.get(keys.session)) as SessionRecord | undefined;
  const account = (await store.get(keys.account)) as AccountRecord | undefined;
  if (stored !== undefined && account !== undefined) {
    cookies.load(stored);
    await start(stored.user, keyPairOf(account));
  }

  return {
    /** For who has not signed in. */
    publicApi,
    /** What runs while someone is signed in. */
    find: (): Live | null => live,
    /** @throws SottoError `not-signed-in`, `closed` */
    get: getLive,
    enter,
    leave,
    async signOut(): Promise<void> {
      await leave(async ({ api, accountData }) => {
        // The store is erased whether or not the server can be told.
        await within(farewellTimeoutMs, accountData.push()).catch(() => undefined);
        await within(farewellTimeoutMs, api.auth.logout.mutate()).catch(() => undefined);
      });
    },
    async getKeyPair(): Promise<KeyPair> {
      return keyPairOf((await store.get(keys.account)) as AccountRecord);
    },
    async close(): Promise<void> {
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
