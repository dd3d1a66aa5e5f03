import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits, type Signal } from "@sotto/protocol";
import { reasonOf, refusalOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import { createInbox } from "./helpers/inbox.ts";
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

  const send = (person: Person, ...messages: ReturnType<typeof toBob>[]) =>
    person.api.messages.send.mutate({ messages });
  const outcomes = async (person: Person, ...messages: ReturnType<typeof toBob>[]) =>
    (await send(person, ...messages)).results.map((result) =>
      result.status === "stored" ? "stored" : result.reason,
    );

  it("are stored once however often they are sent, with the time of the first", async () => {
    const message = toBob();
    const first = await send(alice, message);
    const { cursor } = await bob.api.feed.head.query();
    expect(await send(alice, message)).toEqual(first);
    expect(await send(alice, message, message)).toEqual({ results: [...first.results, ...first.results] });
    expect(await bob.api.feed.head.query()).toEqual({ cursor });
  });

  it("are refused when their id returns with other bytes", async () => {
    const message = toBob();
    expect(await outcomes(alice, message, toBob(message.id))).toEqual(["stored", "id-conflict"]);
  });

  it("are refused one by one, and their neighbours stored in order", async () => {
    const fine = [toBob(), toBob()] as const;
    const envelope = Buffer.from(forgeEnvelope(alice.user, bob.user), "base64");
    const altered = (change: (bytes: Buffer) => void) => {
      const bytes = Buffer.from(envelope);
      change(bytes);
      return toBob(randomUUID(), bytes.toString("base64"));
    };
    const results = await outcomes(
      alice,
      fine[0],
      altered((bytes) => bytes.write("XX")),
      altered((bytes) => bytes.writeUInt8(2, 2)),
      altered((bytes) => bytes.writeUInt8(9, 3)),
      altered((bytes) => bytes.fill(0, 4, 12)),
      altered((bytes) => bytes.fill(0, 12, 20)),
      toBob(randomUUID(), forgeEnvelope(alice.user, bob.user, 257)),
      toBob(randomUUID(), "QUJD="),
      toBob(randomUUID(), "AAB="),
      toBob(randomUUID(), forgeEnvelope(bob.user, alice.user)),
      { ...toBob(), conversationId: randomUUID() },
      {
        ...toBob(),
        envelopes: [{ recipientId: alice.user.id, content: forgeEnvelope(alice.user, alice.user) }],
      },
      { ...toBob(), envelopes: [{ recipientId: randomUUID(), content: envelope.toString("base64") }] },
      fine[1],
    );
    expect(results).toEqual([
      "stored",
      ...Array.from({ length: 9 }, () => "envelope-invalid"),
      "unknown-conversation",
      "to-yourself",
      "wrong-recipients",
      "stored",
    ]);
    const { messages } = await bob.api.messages.history.query({ conversationId: chatId, limit: 2 });
    expect(messages.map(({ id }) => id)).toEqual([fine[1].id, fine[0].id]);
  });

  it("say in a sentence when they are too large, too many or not base64", async () => {
    const large = Buffer.alloc(70 * 1024).toString("base64");
    expect(await reasonOf(send(alice, toBob(randomUUID(), large)))).toBe("envelope-too-large");
    expect(await reasonOf(send(alice, toBob(randomUUID(), "no base64!")))).toBe("envelope-invalid");
    const refusal = await refusalOf(send(alice, ...Array.from({ length: 51 }, () => toBob())));
    expect(refusal).toEqual({ reason: "bad-input", message: "messages must be at most 50 items long." });
    expect(await refusalOf(send(alice, toBob("NOT-A-UUID")))).toEqual({
      reason: "bad-input",
      message: "messages.0.id must be a lower-case UUID.",
    });
  });

  it("cannot be sent, read or marked by somebody who is not in the conversation", async () => {
    const carol = await signUp(server.url, "carol");
    const message = toBob();
    await send(alice, message);
    const intrusion = {
      ...toBob(),
      envelopes: [{ recipientId: bob.user.id, content: forgeEnvelope(carol.user, bob.user) }],
    };
    expect(await outcomes(carol, intrusion)).toEqual(["unknown-conversation"]);
    const here = { conversationId: chatId };
    const calls = [
      carol.api.messages.history.query({ ...here, limit: 10 }),
      carol.api.messages.markRead.mutate({ ...here, messageId: message.id }),
      carol.api.signals.typing.mutate(here),
    ];
    const reasons = await Promise.all(calls.map(reasonOf));
    expect(reasons).toEqual(["unknown-conversation", "unknown-conversation", "unknown-conversation"]);
    const absent = bob.api.messages.markRead.mutate({ ...here, messageId: randomUUID() });
    expect(await reasonOf(absent)).toBe("unknown-message");
  });

  it("are marked delivered and then read, each told to their sender", async () => {
    await using sending = await connect(server.url, alice);
    const feed = followFeed(sending.api, (await alice.api.feed.head.query()).cursor);
    const sent = [toBob(), toBob()] as const;
    const ids = sent.map(({ id }) => id);
    await send(alice, ...sent);
    const { cursor } = await bob.api.feed.head.query();
    await bob.api.messages.acknowledge.mutate({ cursor });
    await bob.api.messages.acknowledge.mutate({ cursor });
    await bob.api.messages.markRead.mutate({ conversationId: chatId, messageId: sent[1].id });
    const [delivered, read] = (await feed.takeKind("receipt", 2)).map(({ state, userId, messageIds }) => ({
      state,
      userId,
      messageIds: messageIds.filter((id) => ids.includes(id)),
    }));
    expect(delivered).toEqual({ state: "delivered", userId: bob.user.id, messageIds: ids });
    expect(read).toEqual({ state: "read", userId: bob.user.id, messageIds: ids });
    expect(await reasonOf(bob.api.messages.acknowledge.mutate({ cursor: "7.0000000000000000" }))).toBe(
      "bad-cursor",
    );
    expect(await reasonOf(bob.api.messages.acknowledge.mutate({ cursor: "later" }))).toBe("bad-cursor");
  });

  it("come back page by page, newest first", async () => {
    const sent = Array.from({ length: 5 }, () => toBob());
    await send(alice, ...sent);
    const newestFirst = sent.map(({ id }) => id).toReversed();
    const page = await bob.api.messages.history.query({ conversationId: chatId, limit: 3 });
    expect(page.messages.map(({ id }) => id)).toEqual(newestFirst.slice(0, 3));
    const before = newestFirst[2] ?? "";
    const next = await bob.api.messages.history.query({ conversationId: chatId, before, limit: 2 });
    expect(next.messages.map(({ id }) => id)).toEqual(newestFirst.slice(3));
    const { conversations } = await bob.api.conversations.list.query({ limit: 10 });
    expect(conversations[0]).toMatchObject({ conversation: { id: chatId }, older: true });
    expect(conversations[0]?.newest.slice(0, 3).map(({ id }) => id)).toEqual(newestFirst.slice(0, 3));
  });

  it("come back no more at once than a page may hold", async () => {
    const eve = await signUp(server.url, "eve");
    const { id } = await eve.api.conversations.openDirect.mutate({ username: "bob" });
    const largest = forgeEnvelope(eve.user, bob.user, 64 * 1024);
    const large = () => ({ ...toBob(randomUUID(), largest), conversationId: id });
    for (let count = 0; count < 7; count += 1) expect(await outcomes(eve, large())).toEqual(["stored"]);
    const page = await bob.api.messages.history.query({ conversationId: id, limit: 200 });
    expect(page.messages).toHaveLength(Math.floor(limits.pageMaxBytes / largest.length));
    expect(page.older).toBe(true);
    const { conversations } = await eve.api.conversations.list.query({ limit: 10 });
    expect(conversations).toMatchObject([{ conversation: { id }, older: true }]);
    expect(conversations[0]?.newest).toHaveLength(1);
  });

  it("have one conversation for two people, whoever opens it and however often at once", async () => {
    const dave = await signUp(server.url, "dave");
    const opened = await Promise.all([
      dave.api.conversations.openDirect.mutate({ username: "ALICE" }),
      alice.api.conversations.openDirect.mutate({ username: "dave" }),
      dave.api.conversations.openDirect.mutate({ username: "alice" }),
    ]);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const itself = await refusalOf(dave.api.conversations.openDirect.mutate({ username: "Dave" }));
    expect(itself.reason).toBe("to-yourself");
    const nobody = await refusalOf(dave.api.conversations.openDirect.mutate({ username: "nobody" }));
    expect(nobody).toEqual({ reason: "unknown-user", message: "There is no one called nobody." });
  });

  it("are announced by typing, which reaches the other one and not the typist", async () => {
    await using typing = await connect(server.url, alice);
    await using watching = await connect(server.url, bob);
    const heardByBob = createInbox<Signal>();
    const heardByAlice = createInbox<Signal>();
    const started: Promise<void>[] = [];
    for (const [socket, inbox] of [
      [watching, heardByBob],
      [typing, heardByAlice],
    ] as const) {
      started.push(
        new Promise((resolve) => {
          socket.api.signals.subscribe.subscribe(undefined, {
            onStarted: () => resolve(),
            onData: (signal) => inbox.push(signal),
          });
        }),
      );
    }
    await Promise.all(started);
    await typing.api.signals.typing.mutate({ conversationId: chatId });
    await watching.api.signals.typing.mutate({ conversationId: chatId });
    const common = { kind: "typing", conversationId: chatId };
    expect(await heardByBob.take(1)).toEqual([{ ...common, userId: alice.user.id }]);
    expect(await heardByAlice.take(1)).toEqual([{ ...common, userId: bob.user.id }]);
    expect(heardByAlice.items).toHaveLength(1);
  });

  it("let presence through to whom one has written and who shows theirs, and to nobody else", async () => {
    const [erin, frank] = [await signUp(server.url, "erin"), await signUp(server.url, "frank")];
    const { id: conversationId } = await erin.api.conversations.openDirect.mutate({ username: "frank" });
    await using atErin = await connect(server.url, erin);
    await using atFrank = await connect(server.url, frank);
    const listen = (socket: typeof atErin, presence: boolean) => {
      const heard = createInbox<Signal>();
      return new Promise<typeof heard>((resolve) => {
        socket.api.signals.subscribe.subscribe(
          { presence },
          { onStarted: () => resolve(heard), onData: (signal) => heard.push(signal) },
        );
      });
    };
    const [showing, hiding] = [await listen(atFrank, true), await listen(atFrank, false)];
    const back = await listen(atErin, true);
    // Nothing was written yet, so this goes to nobody.
    await atErin.api.signals.presence.mutate({ present: true });
    const content = forgeEnvelope(erin.user, frank.user);
    const message = {
      conversationId,
      id: randomUUID(),
      envelopes: [{ recipientId: frank.user.id, content }],
    };
    await erin.api.messages.send.mutate({ messages: [message] });
    await atErin.api.signals.presence.mutate({ present: false });
    await atErin.api.signals.presence.mutate({ present: true, to: frank.user.id });
    await atErin.api.signals.presence.mutate({ present: true, to: alice.user.id });
    await atErin.api.signals.presence.mutate({ present: true });
    const common = { kind: "presence", userId: erin.user.id };
    expect(await showing.take(3)).toEqual([
      { ...common, present: false, asks: false },
      { ...common, present: true, asks: false },
      { ...common, present: true, asks: true },
    ]);
    await atFrank.api.signals.presence.mutate({ present: true, to: erin.user.id });
    await frank.api.users.block.mutate({ userId: erin.user.id });
    await atErin.api.signals.presence.mutate({ present: false });
    await atErin.api.signals.typing.mutate({ conversationId });
    await frank.api.users.unblock.mutate({ userId: erin.user.id });
    await atErin.api.signals.typing.mutate({ conversationId });
    await hiding.take(1);
    expect([showing.items.length, hiding.items.length, back.items.length]).toEqual([4, 1, 0]);
  });
});
