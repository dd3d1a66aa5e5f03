import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createPublicApi } from "../src/api.ts";
import { keys, type SessionRecord } from "../src/records.ts";
import { createCookieJar, createSession } from "../src/session.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import type { Store } from "../src/stores/store.ts";

/** What a renewal asked for, and the means to answer it. */
type Renewal = { attempt: string | undefined; cookie: string | undefined; response: ServerResponse };

let heard: (renewal: Renewal) => void = () => undefined;
const server = createServer((request, response) => {
  void readAttempt(request).then((attempt) => heard({ attempt, cookie: request.headers.cookie, response }));
});
let url = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

let store: Store;
beforeEach(async () => {
  store = memoryStore();
  const record: SessionRecord = {
    user: { id: "1", username: "ada" },
    sessionId: "session",
    cookie: "sotto_1=first",
  };
  await store.commit([{ key: keys.session, value: record }]);
});

/** As after a start of the program. */
async function startSession(onEnded: () => void = () => undefined) {
  const cookies = createCookieJar();
  cookies.load(await readRecord());
  const session = createSession(store, cookies, onEnded);
  session.use(createPublicApi(url, cookies.fetch));
  return { cookies, session };
}

async function readRecord(): Promise<SessionRecord | undefined> {
  return (await store.get(keys.session)) as SessionRecord | undefined;
}

async function readAttempt(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [call] = Object.values(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, Attempt>);
  return call?.attempt;
}
type Attempt = { attempt?: string };

function nextRenewal(): Promise<Renewal> {
  return new Promise((resolve) => {
    heard = resolve;
  });
}

function grant(response: ServerResponse, cookie: string): void {
  const user = {
    id: crypto.randomUUID(),
    username: "ada",
    publicKey: Buffer.alloc(32, 9).toString("base64"),
  };
  const data = { user, sessionId: crypto.randomUUID(), accessToken: cookie, expiresInMs: 600_000 };
  response.setHeader("set-cookie", `sotto_1=${cookie}; Path=/`);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify([{ result: { data } }]));
}

function refuse(response: ServerResponse): void {
  const data = { code: "UNAUTHORIZED", httpStatus: 401, reason: "session-ended" };
  const error = { message: "This session has ended.", code: -32_001, data };
  response.writeHead(401, { "content-type": "application/json", "set-cookie": "sotto_1=; Path=/" });
  response.end(JSON.stringify([{ error }]));
}

test("a renewal is named by an attempt that the store has before the server hears of it", async () => {
  const { session } = await startSession();
  const asked = nextRenewal();
  const renewed = session.refresh();
  const { attempt, response } = await asked;
  expect(Buffer.from(attempt ?? "", "base64")).toHaveLength(16);
  expect(await readRecord()).toMatchObject({ cookie: "sotto_1=first", attempt });
  grant(response, "second");
  await renewed;
  expect((await readRecord())?.cookie).toBe("sotto_1=second");
});

test("the attempt is the same until an answer is heard, also after a restart, and then another one", async () => {
  const seen: Renewal[] = [];
  const lose = (renewal: Renewal) => {
    seen.push(renewal);
    renewal.response.destroy();
  };
  heard = lose;
  const first = await startSession();
  await expect(first.session.refresh()).rejects.toThrow("fetch failed");
  await expect(first.session.refresh()).rejects.toThrow("fetch failed");

  const second = await startSession();
  heard = (renewal) => {
    seen.push(renewal);
    grant(renewal.response, "second");
  };
  await second.session.refresh();
  expect(seen.map(({ cookie }) => cookie)).toEqual(Array.from({ length: 5 }, () => "sotto_1=first"));
  expect(new Set(seen.map(({ attempt }) => attempt)).size).toBe(1);
  await second.session.refresh();
  expect(seen[5]).toMatchObject({ cookie: "sotto_1=second" });
  expect(seen[5]?.attempt).not.toBe(seen[0]?.attempt);
});

test("a cookie that could not be saved is saved before it is used, with an attempt of its own", async () => {
  let full = false;
  const disk = store;
  store = {
    ...disk,
    commit: (changes) => (full ? Promise.reject(new Error("disk full")) : disk.commit(changes)),
  };
  heard = ({ response }) => {
    full = true;
    grant(response, "second");
  };
  const { session } = await startSession();
  await expect(session.refresh()).rejects.toThrow("disk full");
  const before = await readRecord();
  expect(before?.cookie).toBe("sotto_1=first");
  await expect(session.refresh()).rejects.toThrow("disk full");

  full = false;
  const asked = nextRenewal();
  const renewed = session.refresh();
  const { attempt, cookie, response } = await asked;
  expect(cookie).toBe("sotto_1=second");
  expect(await readRecord()).toMatchObject({ cookie, attempt });
  expect(attempt).not.toBe(before?.attempt);
  grant(response, "third");
  await renewed;
});

test("what is heard of a session that was left is no news of the next one", async () => {
  let ended = 0;
  const { session, cookies } = await startSession(() => (ended += 1));
  for (const answer of [refuse, (response: ServerResponse) => grant(response, "late")]) {
    const asked = nextRenewal();
    const renewed = session.refresh().catch((error: unknown) => error);
    const { response } = await asked;
    session.forget();
    cookies.load({ user: { id: "2", username: "ben" }, sessionId: "next", cookie: "sotto_1=next" });
    answer(response);
    expect(await renewed).toBeInstanceOf(Error);
    expect([ended, cookies.value]).toEqual([0, "sotto_1=next"]);
    expect((await readRecord())?.cookie).not.toBe("sotto_1=late");
  }
});
