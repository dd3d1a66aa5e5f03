import { randomUUID } from "node:crypto";
import * as opaque from "@serenity-kit/opaque";
import type { FeedEvent } from "@sotto/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpApi, reasonOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import type { Person } from "./helpers/person.ts";
import { signUp, slot } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("the feed on %s", (engine) => {
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  let chatId: string;

  beforeAll(async () => {
    // No safety poll: a wake-up that got lost must show.
    server = await startTestServer(engine, { timings: { safetyPollMs: 10 * 60_000 } });
    alice = await signUp(server.url, "alice");
    bob = await signUp(server.url, "bob");
    chatId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const newMessages = (count: number, boxBytes?: number) =>
    Array.from({ length: count }, () => ({
      conversationId: chatId,
      id: randomUUID(),
      envelopes: [{ recipientId: bob.user.id, content: forgeEnvelope(alice.user, bob.user, boxBytes) }],
    }));
  const cursorsOf = (events: (FeedEvent | "resync")[]) =>
    events.map((event) => (event === "resync" ? event : event.cursor));
  const numbersOf = (events: (FeedEvent | "resync")[]) =>
    cursorsOf(events).map((cursor) => Number(cursor.split(".", 1)[0]));

  it("gives everything since the beginning, numbered without a gap", async () => {
    await alice.api.messages.send.mutate({ messages: newMessages(3) });
    await using socket = await connect(server.url, bob);
    const events = await followFeed(socket.api, "0").take(4);
    expect(numbersOf(events)).toEqual([1, 2, 3, 4]);
    expect(events.map((event) => event !== "resync" && event.kind)).toEqual([
      "conversation",
      "message",
      "message",
      "message",
    ]);
  });

  it("goes on after the last event that was seen, whatever cursor it first began with", async () => {
    await alice.api.messages.send.mutate({ messages: newMessages(3) });
    await using socket = await connect(server.url, bob);
    const [, second, third] = await followFeed(socket.api, "0").take(3);
    const seen = cursorsOf([second ?? "resync"])[0] ?? "";
    expect((await followFeed(socket.api, seen).take(1))[0]).toEqual(third);
    expect((await followFeed(socket.api, "0", seen).take(1))[0]).toEqual(third);
  });

  it("gives a long backlog in batches that begin small and grow, so that a slow link is not quiet for long", async () => {
    const { cursor } = await bob.api.feed.head.query();
    for (let call = 0; call < 8; call += 1)
      await alice.api.messages.send.mutate({ messages: newMessages(8, 8 * 1024) });
    await using socket = await connect(server.url, bob);
    const sizes: number[] = [];
    await new Promise<void>((resolve) => {
      socket.api.feed.subscribe.subscribe(
        { cursor },
        {
          onData({ data }) {
            sizes.push(JSON.stringify(data).length);
            if (data.kind === "events" && sizes.reduce((sum, size) => sum + size) > 700_000) resolve();
          },
        },
      );
    });
    expect(sizes[0]).toBeLessThan(20_000);
    expect(Math.max(...sizes)).toBeGreaterThan(60_000);
  });

  it("hands over what was just committed, to all who listen, without reading it again", async () => {
    const reads = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^sotto_feed_reads_total (\d+)$/m.exec(text)?.[1]);
    };
    const { cursor } = await bob.api.feed.head.query();
    await using one = await connect(server.url, bob);
    await using other = await connect(server.url, bob);
    const feeds = [followFeed(one.api, cursor), followFeed(other.api, cursor)];
    const send = async (count: number) => {
      await alice.api.messages.send.mutate({ messages: newMessages(1) });
      return Promise.all(feeds.map((feed) => feed.takeKind("message", count)));
    };
    // With the first message both have read the database, and found all of it.
    await send(1);
    const before = await reads();
    for (const count of [2, 3, 4]) await send(count);
    expect(await reads()).toBe(before);
  });

  it("misses nothing that is written while a subscription begins", async () => {
    const { cursor } = await bob.api.feed.head.query();
    const messages = newMessages(40);
    const sends = messages.map((message) => alice.api.messages.send.mutate({ messages: [message] }));
    const sockets = await Promise.all([1, 2, 3, 4].map(() => connect(server.url, bob)));
    const feeds = sockets.map((socket) => followFeed(socket.api, cursor));
    await Promise.all(sends);
    const expected = messages.map(({ id }) => id).sort();
    for (const feed of feeds) {
      const events = await feed.takeKind("message", messages.length);
      const numbers = numbersOf(events);
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
      expect(events.map(({ message }) => message.id).sort()).toEqual(expected);
    }
    await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
  });

  it("asks for a new beginning where the cursor's tag is not the one it wrote", async () => {
    const { cursor } = await bob.api.feed.head.query();
    await using socket = await connect(server.url, bob);
    const [number] = cursor.split(".");
    expect(await followFeed(socket.api, `${number}.0123456789abcdef`).take(1)).toEqual(["resync"]);
    expect(await followFeed(socket.api, "999999.0123456789abcdef").take(1)).toEqual(["resync"]);
    expect(await followFeed(socket.api, "0", `${number}.0123456789abcdef`).take(1)).toEqual(["resync"]);
  });

  it("does not take another person's cursor", async () => {
    const { cursor } = await alice.api.feed.head.query();
    await using socket = await connect(server.url, bob);
    expect(await followFeed(socket.api, cursor).take(1)).toEqual(["resync"]);
  });

  it("tells a person's other devices of new account data and of what was read", async () => {
    await using socket = await connect(server.url, bob);
    const feed = followFeed(socket.api, (await bob.api.feed.head.query()).cursor);
    const [message] = newMessages(1);
    if (!message) throw new Error("no message");
    await alice.api.messages.send.mutate({ messages: [message] });
    await bob.api.messages.markRead.mutate({ conversationId: chatId, messageId: message.id });
    await bob.api.account.put.mutate({ version: 0, sealed: slot("sealed") });
    expect(await feed.takeKind("read", 1)).toMatchObject([{ conversationId: chatId, messageId: message.id }]);
    expect(await feed.takeKind("account", 1)).toMatchObject([{ version: 1 }]);
  });

  it("is not served without a session, over HTTP, or from what is no cursor", async () => {
    const query = encodeURIComponent(JSON.stringify({ cursor: "0" }));
    const headers = { authorization: `Bearer ${bob.accessToken}` };
    const response = await fetch(`${server.url}/api/trpc/feed.subscribe?input=${query}`, { headers });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { data: { code: "BAD_REQUEST", reason: "socket-only" } } },
    ]);
    await using socket = await connect(server.url, bob);
    const failed = new Promise((resolve, reject) => {
      socket.api.feed.subscribe.subscribe(
        { cursor: "yesterday" },
        { onError: reject, onComplete: () => resolve(null) },
      );
    });
    expect(await reasonOf(failed)).toBe("bad-cursor");
  });
});

describe("a feed whose wake-up got lost", () => {
  it("is read again by the safety poll", async () => {
    await opaque.ready;
    const secrets = { OPAQUE_SERVER_SETUP: opaque.server.createSetup() };
    await using server = await startTestServer("postgres", { env: secrets, timings: { safetyPollMs: 50 } });
    // A second server on the same database, of which this one hears nothing.
    const env = { ...secrets, DATABASE_URL: server.databaseUrl };
    await using silent = await startTestServer("postgres", { env });
    const person = await signUp(server.url, "sleeper");
    await using socket = await connect(server.url, person);
    const feed = followFeed(socket.api, "0");
    const elsewhere = createHttpApi(silent.url, { cookie: null }, () => person.accessToken);
    await elsewhere.account.put.mutate({ version: 0, sealed: slot("sealed") });
    expect(await feed.takeKind("account", 1)).toHaveLength(1);
  });
});
