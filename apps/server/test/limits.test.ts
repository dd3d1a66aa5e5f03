import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { createHttpApi, reasonOf, refusalOf } from "./helpers/api.ts";
import { createInbox } from "./helpers/inbox.ts";
import type { Person } from "./helpers/person.ts";
import { signIn, signUp, slot } from "./helpers/person.ts";
import { closeCodeOf, connect, connectRaw } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { startTestServer } from "./helpers/test-server.ts";

type Answer = { id: number; error?: { message: string; data: { reason: string } }; result?: unknown };

/** One answer for each call of the frame. Listens before it sends: answers may come together. */
async function answersTo(ws: WebSocket, frame: unknown): Promise<Answer[]> {
  const inbox = createInbox<Answer>();
  const listen = (data: Buffer) => inbox.push(JSON.parse(data.toString("utf8")) as Answer);
  ws.on("message", listen);
  ws.send(JSON.stringify(frame));
  const answers = await inbox.take(Array.isArray(frame) ? frame.length : 1);
  ws.off("message", listen);
  return answers;
}

describe("the limits of a connection", () => {
  let server: TestServer;
  let person: Person;
  beforeAll(async () => {
    server = await startTestServer("postgres", { env: { RATE_LIMITS: "on" } });
    person = await signUp(server.url, "eager");
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const call = (id: number) => ({ id, method: "query", params: { path: "feed.head" } });

  it("close it with 1009 over a frame that is too big", async () => {
    const ws = await connectRaw(server.url, person);
    ws.send("x".repeat(128 * 1024 + 1));
    expect(await closeCodeOf(ws)).toBe(1009);
  });

  it("let 20 calls through in one frame, and refuse every call of 21 and close", async () => {
    const ws = await connectRaw(server.url, person);
    const frame = Array.from({ length: 21 }, (_, id) => call(id));
    const allowed = await answersTo(ws, frame.slice(1));
    expect(allowed.map((answer) => answer.error)).toEqual(allowed.map(() => undefined));
    const refused = await answersTo(ws, frame);
    expect(refused.map((answer) => answer.error?.data.reason)).toEqual(frame.map(() => "bad-input"));
    expect(await closeCodeOf(ws)).toBe(1008);
  });

  it("admit another subscription when one of eight stops, refuse the ninth and close", async () => {
    await using socket = await connect(server.url, person);
    const subscribe = () => {
      let stop = () => {};
      const outcome = new Promise<string>((resolve) => {
        const subscription = socket.api.signals.subscribe.subscribe(undefined, {
          onStarted: () => resolve("started"),
          onError: (error) => resolve(String(error.data?.reason)),
        });
        stop = () => subscription.unsubscribe();
      });
      return { outcome, stop: () => stop() };
    };
    const eight = Array.from({ length: 8 }, subscribe);
    expect(await Promise.all(eight.map(({ outcome }) => outcome))).toEqual(eight.map(() => "started"));
    eight[0]?.stop();
    expect(await subscribe().outcome).toBe("started");
    expect(await subscribe().outcome).toBe("too-many-subscriptions");
    expect(await socket.closed).toBe(1008);
  });

  it("hold a flood of frames back without losing one", async () => {
    const ws = await connectRaw(server.url, person);
    const count = 560;
    const seen = new Set<number>();
    const all = new Promise<void>((resolve) => {
      ws.on("message", (data: Buffer) => {
        seen.add((JSON.parse(data.toString("utf8")) as Answer).id);
        if (seen.size === count) resolve();
      });
    });
    const startedMs = performance.now();
    for (let id = 0; id < count; id += 1) ws.send(JSON.stringify(call(id)));
    await all;
    // 500 at once, then at most 250 a second: the last 60 have to wait for their turn.
    expect(performance.now() - startedMs).toBeGreaterThan(100);
    ws.terminate();
  });

  it("answer what is no call at all, and go on", async () => {
    const ws = await connectRaw(server.url, person);
    ws.send("{ not json");
    const [data] = (await once(ws, "message")) as [Buffer];
    expect((JSON.parse(data.toString("utf8")) as Answer).error?.data.reason).toBe("bad-input");
    expect((await answersTo(ws, call(1)))[0]?.error).toBeUndefined();
    ws.terminate();
  });

  it("refuse a body, a batch and an address that are too big", async () => {
    const post = (path: string, body: string) =>
      fetch(`${server.url}/api/trpc/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    const big = JSON.stringify({ username: "x".repeat(1024 * 1024) });
    expect((await post("auth.loginStart", big)).status).toBe(413);
    const batch = Array.from({ length: 21 }, () => "auth.options").join(",");
    expect((await fetch(`${server.url}/api/trpc/${batch}?batch=1&input={}`)).status).toBe(400);
    expect((await fetch(`${server.url}/${"x".repeat(13 * 1024)}`)).status).toBe(414);
    const form = fetch(`${server.url}/api/trpc/auth.logout`, { method: "POST", body: new FormData() });
    expect((await form).status).toBe(415);
  });

  it("make whoever guesses passwords wait, and say for how long", async () => {
    const guess = () => refusalOf(signIn(server.url, "eager", "a guess"));
    for (let count = 0; count < 10; count += 1) expect((await guess()).reason).toBe("wrong-credentials");
    const refusal = await guess();
    expect(refusal.reason).toBe("rate-limited");
    expect(refusal.message).toMatch(/^Too many attempts\. Try again in \d+ seconds\.$/);
    // Another account from the same address is not held up.
    const other = await signUp(server.url, "bystander");
    expect(await reasonOf(signIn(server.url, "bystander", other.password))).toBe("answered");
  });

  it("make whoever guesses recovery keys or searches in bulk wait", async () => {
    const registrationRequest = "A".repeat(43);
    const proof = Buffer.alloc(32).toString("base64");
    const recover = () =>
      createHttpApi(server.url, { cookie: null }).auth.recoverStart.mutate({
        username: "eager",
        proof,
        registrationRequest,
      });
    const reasons = [];
    for (let count = 0; count < 6; count += 1) reasons.push(await reasonOf(recover()));
    expect(reasons.at(-1)).toBe("rate-limited");
    expect(reasons.slice(0, 5)).not.toContain("rate-limited");
    const searches = [];
    for (let count = 0; count < 31; count += 1) {
      searches.push(await reasonOf(person.api.users.search.query({ prefix: "bys" })));
    }
    expect(searches.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => "answered"));
    expect(searches[30]).toBe("rate-limited");
  });

  it.each([
    ["messages.history", { conversationId: randomUUID(), limit: 1 }, 600],
    ["conversations.list", { limit: 1 }, 120],
  ])("make whoever pours out %s wait", async (path, input, perMinute) => {
    const reader = await signUp(server.url, `reader-${perMinute}`);
    const ws = await connectRaw(server.url, reader);
    const read = (id: number) => ({ id, method: "query", params: { path, input } });
    const reasons: (string | undefined)[] = [];
    for (let count = 0; count < perMinute + 20; count += 20) {
      const answers = await answersTo(
        ws,
        Array.from({ length: 20 }, (_, id) => read(id)),
      );
      reasons.push(...answers.map(({ error }) => error?.data.reason));
    }
    expect(reasons.slice(0, perMinute)).not.toContain("rate-limited");
    expect(reasons.slice(perMinute)).toEqual(Array.from({ length: 20 }, () => "rate-limited"));
    ws.terminate();
  });
});

describe("the limits of what costs the server work", () => {
  it("count before the work is done, not after it", async () => {
    await using server = await startTestServer("postgres", { env: { RATE_LIMITS: "on" } });
    const person = await signUp(server.url, "hard-working");
    const registrationRecord = "AAAA";
    const passwordSlot = slot("slot");
    const token = "A".repeat(43);
    const calls: [() => Promise<unknown>, number][] = [
      [() => signUp(server.url, "nobody", { registrationRecord }), 19],
      [
        () =>
          person.api.auth.recoverFinish.mutate({ token, registrationRecord, passwordSlot, device: "device" }),
        30,
      ],
      [
        () =>
          person.api.auth.changePassword.mutate({
            challengeId: token,
            finishLoginRequest: "AAAA",
            registrationRecord,
            passwordSlot,
          }),
        10,
      ],
    ];
    for (const [call, allowed] of calls) {
      const reasons: string[] = [];
      for (let count = 0; count <= allowed; count += 1) reasons.push(await reasonOf(call()));
      expect(reasons).toEqual([...Array.from({ length: allowed }, () => "bad-input"), "rate-limited"]);
    }
  });
});
