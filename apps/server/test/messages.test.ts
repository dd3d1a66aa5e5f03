import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reasonOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import type { Person } from "./helpers/person.ts";
import { signUp } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("messages on %s", (engine) => {
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  let chatId: string;

  beforeAll(async () => {
    server = await startTestServer(engine);
    alice = await signUp(server.url, "alice");
    bob = await signUp(server.url, "bob");
    chatId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const toBob = (id: string = randomUUID(), content = forgeEnvelope(alice.user, bob.user)) => ({
    conversationId: chatId,
    id,
    envelopes: [{ recipientId: bob.user.id, content }],
  });

  it("reach the recipient and the sender's own feed, in order and as they were sent", async () => {
    await using sending = await connect(server.url, alice);
    await using receiving = await connect(server.url, bob);
    const toReceive = followFeed(receiving.api, (await bob.api.feed.head.query()).cursor);
    const own = followFeed(sending.api, (await alice.api.feed.head.query()).cursor);
    const sent = Array.from({ length: 20 }, () => toBob());
    const { results } = await sending.api.messages.send.mutate({ messages: sent });
    expect(results.map((result) => [result.status, result.id])).toEqual(sent.map(({ id }) => ["stored", id]));
    for (const feed of [toReceive, own]) {
      const events = await feed.takeKind("message", 20);
      expect(events.map(({ message }) => message.content)).toEqual(
        sent.map(({ envelopes }) => envelopes[0]?.content),
      );
    }
  });

  it("are refused to strangers' conversations", async () => {
    const call = alice.api.messages.history.query({ conversationId: randomUUID(), limit: 10 });
    expect(await reasonOf(call)).toBe("unknown-conversation");
  });
});
