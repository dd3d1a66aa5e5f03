import { randomUUID } from "node:crypto";
import { feedBatchSchema } from "@sotto/protocol";
import { expect, it } from "vitest";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import { signUp } from "./helpers/person.ts";
import { connect, connectRaw } from "./helpers/socket.ts";
import { startTestServer } from "./helpers/test-server.ts";

/** More than the buffers of two kernels and the server's own for a socket take. */
const calls = 12;
const messagesPerCall = 8;
const boxBytes = 64 * 1024;

type Frame = { result?: { data?: { id: string; data: unknown } } };

it("a reader that is stuck is cut, and goes on from its cursor with nothing lost and nothing twice", async () => {
  await using server = await startTestServer("postgres", { timings: { pingMs: 1_000, pongMs: 1_000 } });
  const alice = await signUp(server.url, "alice");
  const bob = await signUp(server.url, "bob");
  const conversationId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  const { cursor: start } = await bob.api.feed.head.query();

  const stuck = await connectRaw(server.url, bob);
  let cursor = start;
  const seen: string[] = [];
  stuck.on("message", (data: Buffer) => {
    const text = data.toString();
    if (text === "PING") stuck.send("PONG");
    const tracked = text.startsWith("{") ? (JSON.parse(text) as Frame).result?.data : undefined;
    if (tracked === undefined) return;
    const batch = feedBatchSchema.parse(tracked.data);
    cursor = tracked.id;
    if (batch.kind === "events")
      seen.push(...batch.events.flatMap((event) => (event.kind === "message" ? event.message.id : [])));
  });
  const cut = new Promise((resolve) => stuck.once("close", resolve));
  stuck.on("error", () => undefined);
  const params = { path: "feed.subscribe", input: { cursor } };
  stuck.send(JSON.stringify({ id: 1, method: "subscription", params }));

  const sent: string[] = [];
  const content = forgeEnvelope(alice.user, bob.user, boxBytes);
  const send = async (count: number) => {
    const messages = Array.from({ length: count }, () => {
      const id = randomUUID();
      return { conversationId, id, envelopes: [{ recipientId: bob.user.id, content }] };
    });
    await alice.api.messages.send.mutate({ messages });
    sent.push(...messages.map(({ id }) => id));
  };
  // It reads until the first one is here.
  await send(1);
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual(sent);
  stuck.pause();
  for (let count = 0; count < calls; count += 1) await send(messagesPerCall);
  const ended = () =>
    server.log.some((line) => line.includes('"disconnected"') && line.includes(bob.user.id));
  await expect.poll(ended, { timeout: 20_000 }).toBe(true);
  // What had reached its kernel is read before the end is seen.
  stuck.resume();
  await cut;
  expect(seen.length).toBeLessThan(sent.length);

  await using next = await connect(server.url, bob);
  const rest = await followFeed(next.api, cursor).takeKind("message", sent.length - seen.length);
  expect([...seen, ...rest.map(({ message }) => message.id)]).toEqual(sent);
});
