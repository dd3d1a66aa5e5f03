import { randomUUID } from "node:crypto";
import { openAsOutsider } from "@sotto/db/testing";
import { closeCodes } from "@sotto/protocol";
import { expect, it } from "vitest";
import { mostWaitingOverHttp } from "../src/socket/turns.ts";
import { reasonOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { signIn, signUp } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import { startTestServer } from "./helpers/test-server.ts";

it("a second socket's send waits for the first one's of the same person, and is not carried out once its session has ended", async () => {
  await using server = await startTestServer("postgres");
  const alice = await signUp(server.url, "alice");
  const bob = await signUp(server.url, "bob");
  const elsewhere = await signIn(server.url, "alice", alice.password);
  const conversationId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  const content = forgeEnvelope(alice.user, bob.user);
  const send = ({ api }: Pick<typeof alice, "api">) => {
    const id = randomUUID();
    const messages = [{ conversationId, id, envelopes: [{ recipientId: bob.user.id, content }] }];
    return {
      id,
      outcome: api.messages.send.mutate({ messages }).then(
        () => "stored",
        () => "refused",
      ),
    };
  };
  await using one = await connect(server.url, alice);
  await using two = await connect(server.url, elsewhere);
  await using other = await openAsOutsider(server.databaseUrl);
  await using held = await other.holdFeeds();
  const first = send(one);
  await other.someoneWaits();
  const second = send(two);
  // Calls of a socket arrive in their order: the send has.
  await two.api.users.get.query({ userId: bob.user.id });
  await alice.api.auth.revokeSession.mutate({ sessionId: elsewhere.sessionId });
  expect(await two.closed).toBe(closeCodes.sessionRevoked);
  await held.release();
  expect([await first.outcome, await second.outcome]).toEqual(["stored", "refused"]);
  const third = send(one);
  expect(await third.outcome).toBe("stored");
  const { messages } = await alice.api.messages.history.query({ conversationId, limit: 10 });
  expect(messages.map(({ id }) => id)).toEqual([third.id, first.id]);
});

it("over HTTP the sends of one person that wait are bounded, and one whose caller went away is not carried out", async () => {
  await using server = await startTestServer("postgres");
  const alice = await signUp(server.url, "alice");
  const bob = await signUp(server.url, "bob");
  const conversationId = (await alice.api.conversations.openDirect.mutate({ username: "bob" })).id;
  const content = forgeEnvelope(alice.user, bob.user);
  const send = () => {
    const id = randomUUID();
    const caller = new AbortController();
    const messages = [{ conversationId, id, envelopes: [{ recipientId: bob.user.id, content }] }];
    const { signal } = caller;
    const answer = alice.api.messages.send.mutate({ messages }, { signal });
    return { id, reason: reasonOf(answer), leave: () => caller.abort() };
  };
  /** Requests to send that have ended, with an answer or without. */
  const ended = () => server.log.filter((line) => line.includes('"procedures":"messages.send"')).length;
  await using other = await openAsOutsider(server.databaseUrl);
  await using held = await other.holdFeeds();
  const first = send();
  await other.someoneWaits();
  const waiting = Array.from({ length: mostWaitingOverHttp + 1 }, send);
  const tooMany = await Promise.race(waiting.map(async ({ id, reason }) => ({ id, reason: await reason })));
  expect(tooMany.reason).toBe("rate-limited");
  const [abandoned, ...patient] = waiting.filter(({ id }) => id !== tooMany.id);
  abandoned?.leave();
  expect(await abandoned?.reason).toBe("none");
  await expect.poll(ended).toBe(2);
  await held.release();
  const stored = [first, ...patient];
  expect(await Promise.all(stored.map(({ reason }) => reason))).toEqual(stored.map(() => "answered"));
  const { messages } = await alice.api.messages.history.query({ conversationId, limit: 100 });
  expect(messages.map(({ id }) => id).toSorted()).toEqual(stored.map(({ id }) => id).toSorted());
});
