import { encodeBase64, randomBytes } from "@sotto/crypto";
import { sessionGrantSchema, type SessionGrant } from "@sotto/protocol";
import type { Api } from "./api.ts";
import { serverReason, SottoError } from "./errors.ts";
import { keys, type SessionRecord } from "./records.ts";
import { isNode } from "./runtime.ts";
import type { Store } from "./stores/store.ts";

/** A token is renewed this long before it runs out, so that it never does on the way. */
const renewBeforeMs = 60_000;

/** Refusals of the session itself. Of a refresh they mean that it is over: do not try again. */
export const sessionReasons = new Set(["not-signed-in", "session-ended"]);

export type Session = ReturnType<typeof createSession>;

/**
 * The access token in memory and the refresh token behind it: in the browser a cookie that no script sees, in Node a
 * cookie that this module keeps in the store. One refresh runs at a time, in this process and, where there are Web
 * Locks, across the tabs of a browser.
 *
 * The answer to a refresh can be lost after the server has exchanged the token. Therefore each refresh is named by an
 * attempt, a secret that the store has before the server hears of it: with the same one the old token is answered
 * again, however late. A heard answer makes the next refresh another attempt. After a restart the stored one is used
 * again, because a browser may have died before it wrote down the cookie of the last answer.
 */
export function createSession(store: Store, cookies: CookieJar, onEnded: () => void) {
  let access: { token: string; renewAtMs: number } | null = null;
  let refreshing: Promise<string> | null = null;
  let publicApi: Api | null = null;
  let heard = false;
  /** Counts the sessions: what is still heard of the last one is no news of this one. */
  let era = 0;

  function keep(grant: SessionGrant): void {
    access = { token: grant.accessToken, renewAtMs: performance.now() + grant.expiresInMs - renewBeforeMs };
  }

  async function refresh(): Promise<string> {
    if (publicApi === null) throw new SottoError("closed", "The messenger is closed.");
    const api = publicApi;
    const begun = era;
    try {
      const grant = await underLock(async () => {
        const attempt = await storeAttempt();
        return sessionGrantSchema.parse(await refreshTwice(api, attempt));
      });
      if (era !== begun) throw new SottoError("closed", "This session is over.");
      heard = true;
      await cookies.save(store);
      keep(grant);
      return grant.accessToken;
    } catch (error) {
      if (era === begun && sessionReasons.has(serverReason(error) ?? "")) onEnded();
      throw error;
    }
  }

  /** Together with the cookie that it goes with, where this module keeps it: the next answer may be lost as well. */
  async function storeAttempt(): Promise<string | undefined> {
    const record = (await store.get(keys.session)) as SessionRecord | undefined;
    if (record === undefined) return undefined;
    const isKept = cookies.value === undefined || cookies.value === record.cookie;
    if (!heard && isKept && record.attempt !== undefined) return record.attempt;
    const attempt = encodeBase64(randomBytes(16));
    const cookie = cookies.value === undefined ? {} : { cookie: cookies.value };
    await store.commit([{ key: keys.session, value: { ...record, ...cookie, attempt } }]);
    heard = false;
    return attempt;
  }

  return {
    use(api: Api): void {
      publicApi = api;
    },
    /** Takes over what a sign-in, sign-up or recovery answered. */
    keep,
    /** A token that is good for at least another minute. @throws when the session ended or nothing answers */
    async accessToken(): Promise<string> {
      if (access !== null && performance.now() < access.renewAtMs) return access.token;
      return this.refresh();
    },
    /** A new token, whatever is left of the old one. */
    refresh(): Promise<string> {
      if (refreshing !== null) return refreshing;
      const current = refresh().finally(() => {
        if (refreshing === current) refreshing = null;
      });
      refreshing = current;
      return current;
    },
    forget(): void {
      access = null;
      refreshing = null;
      heard = false;
      era += 1;
    },
    /** The server did not take this token: a clock that stands still while the device sleeps takes it for good. */
    refused(token: string): void {
      if (access?.token === token) access = null;
    },
    /** From now on there are no tokens. */
    close(): void {
      access = null;
      publicApi = null;
    },
  };
}

/** At once again where no answer came: a server that knows of no attempts forgives the old token only for seconds. */
async function refreshTwice(api: Api, attempt: string | undefined) {
  const input = attempt === undefined ? {} : { attempt };
  try {
    return await api.auth.refresh.mutate(input);
  } catch (error) {
    if (serverReason(error) !== null) throw error;
    return await api.auth.refresh.mutate(input);
  }
}

async function underLock<T>(task: () => Promise<T>): Promise<T> {
  if (isNode || navigator.locks === undefined) return task();
  return navigator.locks.request("sotto/refresh", task) as Promise<T>;
}

const browserFetch: typeof fetch = (input, init) => fetch(input, { ...init, credentials: "same-origin" });

export type CookieJar = ReturnType<typeof createCookieJar>;

/** Cookies for runtimes whose `fetch` keeps none. In a browser it only asks for the browser's own. */
export function createCookieJar() {
  let cookie: string | undefined;
  /** Counts the sessions: a late answer to the last one sets no cookie in this one. */
  let era = 0;

  const nodeFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie !== undefined) headers.set("cookie", cookie);
    const asked = era;
    const response = await fetch(input, { ...init, headers });
    if (asked !== era) return response;
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      if (pair.startsWith("sotto_") || pair.startsWith("__Host-sotto"))
        cookie = pair.endsWith("=") ? undefined : pair;
    }
    return response;
  };
  return {
    fetch: isNode ? nodeFetch : browserFetch,
    get value(): string | undefined {
      return cookie;
    },
    load(record: SessionRecord | undefined): void {
      cookie = record?.cookie;
      era += 1;
    },
    async save(store: Store): Promise<void> {
      if (cookie === undefined) return;
      const record = (await store.get(keys.session)) as SessionRecord | undefined;
      if (record === undefined) return;
      const { attempt: _, ...rest } = record;
      await store.commit([{ key: keys.session, value: { ...rest, cookie } }]);
    },
  };
}
