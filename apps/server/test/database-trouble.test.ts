import { randomUUID } from "node:crypto";
import { openAsOutsider } from "@sotto/db/testing";
import type { FeedEvent } from "@sotto/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusalOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import type { Person } from "./helpers/person.ts";
import { signUp } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { startTestServer } from "./helpers/test-server.ts";

describe("a server whose database connections are ended", () => {
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  let conversationId: string;

  beforeEach(async () => {
    server = await startTestServer("postgres", { timings: { safetyPollMs: 100 } });
    alice = await signUp(server.url, "alice");
    bob = await signUp(server.url, "bob");
    conversationId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const newMessage = () => ({
    conversationId,
    id: randomUUID(),
    envelopes: [{ recipientId: bob.user.id, content: forgeEnvelope(alice.user, bob.user) }],
  });
  const numberOf = (event: FeedEvent | "resync") =>
    event === "resync" ? event : Number(event.cursor.split(".", 1)[0]);

  it("goes on with a feed that it could not read, on the same socket", async () => {
    await using socket = await connect(server.url, bob);
    const feed = followFeed(socket.api, "0");
    await feed.take(1);
    await using other = await openAsOutsider(server.databaseUrl);
    await using held = await other.holdFeeds();
    // The counter says that there is more, so the server reads, and waits for the table.
    await held.addEvent(bob.user.id);
    await other.someoneWaits();
    expect(await other.endConnections()).toBeGreaterThan(0);
    await expect
      .poll(() => server.log.join(""), { timeout: 60_000 })
      .toContain("feed not readable, trying again");
    await other.someoneWaits();
    await held.release();
    const message = newMessage();
    expect(await alice.api.messages.send.mutate({ messages: [message] })).toMatchObject({
      results: [{ status: "stored" }],
    });
    const events = await feed.take(3);
    expect(events.map(numberOf)).toEqual([1, 2, 3]);
    expect(events).toMatchObject([
      { kind: "conversation" },
      { kind: "account" },
      { message: { id: message.id } },
    ]);
  });

  it("says that a send may be repeated, and stores what is repeated once", async () => {
    await using socket = await connect(server.url, bob);
    const feed = followFeed(socket.api, "0");
    const message = newMessage();
    const send = () => alice.api.messages.send.mutate({ messages: [message] });
    await using other = await openAsOutsider(server.databaseUrl);
    await using held = await other.holdFeeds();
    const refused = refusalOf(send());
    await other.someoneWaits();
    await other.endConnections();
    expect(await refused).toEqual({
      reason: "unavailable",
      message: "The server can't reach its database right now. Try again in a moment.",
    });
    await held.release();
    for (const _ of [1, 2])
      expect(await send()).toMatchObject({ results: [{ id: message.id, status: "stored" }] });
    await feed.takeKind("message", 1);
    expect(feed.seen.map((event) => event !== "resync" && event.kind)).toEqual(["conversation", "message"]);
  });

  it("loses and doubles nothing while it happens again and again under sends and open feeds", async () => {
    await using other = await openAsOutsider(server.databaseUrl);
    const sockets = await Promise.all([bob, bob, alice].map((person) => connect(server.url, person)));
    const feeds = sockets.map(({ api }) => followFeed(api, "0"));
    const api = sockets.at(-1)?.api ?? alice.api;
    const refusals = new Set<string>();
    const sendUntilStored = async (message: ReturnType<typeof newMessage>) => {
      for (;;) {
        const refusal = await refusalOf(api.messages.send.mutate({ messages: [message] }));
        if (refusal.reason === "answered") return message.id;
        refusals.add(refusal.reason);
      }
    };
    const ids: string[] = [];
    let ended = 0;
    // Until connections went away under at least some of the sends.
    for (let round = 0; round < 20 || refusals.size === 0; round += 1) {
      const sending = Promise.all(Array.from({ length: 10 }, () => sendUntilStored(newMessage())));
      ended += await other.endConnections();
      ids.push(...(await sending));
    }
    expect(ended).toBeGreaterThan(0);
    expect([...refusals]).toEqual(["unavailable"]);
    for (const feed of feeds) {
      const events = await feed.takeKind("message", ids.length);
      expect(events.map(({ message }) => message.id).sort()).toEqual(ids.toSorted());
      expect(feed.seen.map(numberOf)).toEqual(feed.seen.map((_, index) => index + 1));
    }
    await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
  });
});
