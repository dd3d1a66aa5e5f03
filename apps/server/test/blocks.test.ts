import { randomUUID } from "node:crypto";
import type { Signal } from "@sotto/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reasonOf, refusalOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import { createInbox } from "./helpers/inbox.ts";
import { signUp, type Person } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import { startTestServer, type TestServer } from "./helpers/test-server.ts";

let server: TestServer;
let count = 0;

beforeAll(async () => {
  server = await startTestServer("postgres");
});

afterAll(() => server[Symbol.asyncDispose]());

/** Alice and Bob, who talk to each other. */
async function createPair() {
  count += 1;
  const [alice, bob] = [await signUp(server.url, `alice${count}`), await signUp(server.url, `bob${count}`)];
  const { id } = await alice.api.conversations.openDirect.mutate({ username: bob.user.username });
  return { alice, bob, conversationId: id };
}

function messageTo(from: Person, to: Person, conversationId: string) {
  const envelopes = [{ recipientId: to.user.id, content: forgeEnvelope(from.user, to.user) }];
  return { conversationId, id: randomUUID(), envelopes };
}

const block = (blocker: Person, blocked: Person) =>
  blocker.api.users.block.mutate({ userId: blocked.user.id });
const unblock = (blocker: Person, blocked: Person) =>
  blocker.api.users.unblock.mutate({ userId: blocked.user.id });

describe("blocking", () => {
  it("keeps messages from the blocker and answers their sender as ever", async () => {
    const { alice, bob, conversationId } = await createPair();
    await using watching = await connect(server.url, alice);
    const feed = followFeed(watching.api, (await alice.api.feed.head.query()).cursor);
    await block(alice, bob);
    const withheld = messageTo(bob, alice, conversationId);
    const { results } = await bob.api.messages.send.mutate({ messages: [withheld] });
    expect(results).toEqual([{ status: "stored", id: withheld.id, createdAt: expect.any(String) }]);
    expect(await bob.api.messages.send.mutate({ messages: [withheld] })).toEqual({ results });
    const history = { conversationId, limit: 10 };
    expect(await bob.api.messages.history.query(history)).toMatchObject({
      messages: [{ id: withheld.id, deliveredAt: null, readAt: null }],
    });

    await unblock(alice, bob);
    const shown = messageTo(bob, alice, conversationId);
    await bob.api.messages.send.mutate({ messages: [shown] });
    const [first] = await feed.takeKind("message", 1);
    expect(first?.message.id).toBe(shown.id);
    expect((await alice.api.messages.history.query(history)).messages.map(({ id }) => id)).toEqual([
      shown.id,
    ]);
  });

  it("does not disturb the blocker with a conversation that the blocked person opens", async () => {
    count += 1;
    const [alice, bob] = [await signUp(server.url, `alice${count}`), await signUp(server.url, `bob${count}`)];
    await block(alice, bob);
    const { cursor } = await alice.api.feed.head.query();
    const opened = await bob.api.conversations.openDirect.mutate({ username: alice.user.username });
    expect(opened.members).toHaveLength(2);
    expect((await alice.api.feed.head.query()).cursor).toBe(cursor);
    expect((await alice.api.conversations.list.query({ limit: 10 })).conversations).toEqual([]);
  });

  it("keeps typing from both", async () => {
    const { alice, bob, conversationId } = await createPair();
    const heard = createInbox<Signal>();
    await using atAlice = await connect(server.url, alice);
    await using atBob = await connect(server.url, bob);
    for (const socket of [atAlice, atBob]) {
      await new Promise<void>((resolve) => {
        socket.api.signals.subscribe.subscribe(undefined, {
          onStarted: () => resolve(),
          onData: (signal) => heard.push(signal),
        });
      });
    }
    await block(alice, bob);
    await bob.api.signals.typing.mutate({ conversationId });
    await alice.api.signals.typing.mutate({ conversationId });
    await unblock(alice, bob);
    await bob.api.signals.typing.mutate({ conversationId });
    await heard.take(1);
    expect(heard.items).toEqual([{ kind: "typing", conversationId, userId: bob.user.id }]);
  });

  it("is set and ended any number of times, and only its owner sees it", async () => {
    const { alice, bob } = await createPair();
    await block(alice, bob);
    await block(alice, bob);
    expect(await alice.api.users.blocked.query()).toEqual({ userIds: [bob.user.id] });
    expect(await bob.api.users.blocked.query()).toEqual({ userIds: [] });
    await unblock(alice, bob);
    await unblock(alice, bob);
    expect(await alice.api.users.blocked.query()).toEqual({ userIds: [] });
  });

  it("is not for oneself or for nobody", async () => {
    const { alice } = await createPair();
    expect(await refusalOf(block(alice, alice))).toEqual({
      reason: "to-yourself",
      message: "That is you. You cannot block yourself.",
    });
    const nobody = { userId: randomUUID() };
    expect(await reasonOf(alice.api.users.block.mutate(nobody))).toBe("unknown-user");
    expect(await reasonOf(alice.api.users.unblock.mutate(nobody))).toBe("unknown-user");
  });
});
