import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createServerSetup, opaqueReady } from "../src/auth/opaque.ts";
import { createHttpApi, reasonOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { followFeed } from "./helpers/feed.ts";
import { beginLogin } from "./helpers/opaque-client.ts";
import { signIn, signUp } from "./helpers/person.ts";
import { connect, socketUrl } from "./helpers/socket.ts";
import { startTestServer, type TestServer } from "./helpers/test-server.ts";

/** A port on which every connection ends at once: what a NATS that is away looks like. */
async function startHangUp() {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port, calls: () => calls };
}

describe("two nodes on one database, whose NATS is away", () => {
  let hangUp: Awaited<ReturnType<typeof startHangUp>>;
  let one: TestServer;
  let two: TestServer;
  beforeAll(async () => {
    hangUp = await startHangUp();
    await opaqueReady;
    const env = {
      NATS_URL: `nats://127.0.0.1:${hangUp.port}`,
      OPAQUE_SERVER_SETUP: createServerSetup(),
      PUBLIC_ORIGIN: "http://localhost:8080",
    };
    const timings = { safetyPollMs: 100 };
    one = await startTestServer("postgres", { env, timings });
    two = await startTestServer("postgres", { env: { ...env, DATABASE_URL: one.databaseUrl }, timings });
  });
  afterAll(async () => {
    await two[Symbol.asyncDispose]();
    await one[Symbol.asyncDispose]();
    hangUp.server.close();
  });

  it("serve, say that they are degraded, go on trying, and log the loss once", async () => {
    await expect.poll(() => hangUp.calls(), { timeout: 20_000 }).toBeGreaterThan(5);
    for (const node of [one, two]) {
      const answer = await fetch(`${node.url}/readyz`);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { status: "degraded", nats: "disconnected" },
      ]);
      expect(node.log.filter((line) => line.includes("NATS is away"))).toHaveLength(1);
      expect(node.log.join()).not.toContain("NATS connected");
    }
  });

  it("deliver what was sent on the other one by their safety poll", async () => {
    const alice = await signUp(one.url, "alice");
    const bob = await signUp(two.url, "bob");
    const { id: conversationId } = await alice.api.conversations.openDirect.mutate({ username: "bob" });
    await using socket = await connect(two.url, bob);
    const feed = followFeed(socket.api, "0");
    await feed.take(1);
    const id = "018f3c6e-0000-7000-8000-000000000001";
    const envelopes = [{ recipientId: bob.user.id, content: forgeEnvelope(alice.user, bob.user) }];
    await alice.api.messages.send.mutate({ messages: [{ conversationId, id, envelopes }] });
    const [event] = await feed.takeKind("message", 1);
    expect(event?.message.id).toBe(id);
    feed.stop();
  });

  it("take a WebSocket token once between them", async () => {
    const person = await signUp(one.url, "ticket-holder");
    const { token } = await person.api.auth.ticket.mutate();
    const first = new WebSocket(socketUrl(two.url, token));
    await once(first, "open");
    const second = new WebSocket(socketUrl(one.url, token));
    second.on("error", () => undefined);
    const [, response] = (await once(second, "unexpected-response")) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(401);
    first.terminate();
  });

  it("finish a sign-in that began on the other one, and renew its session", async () => {
    const { password } = await signUp(one.url, "wanderer");
    const login = await beginLogin(password);
    const { startLoginRequest } = login;
    const jar = { cookie: null };
    const { challengeId, loginResponse } = await createHttpApi(one.url, jar).auth.loginStart.mutate({
      username: "wanderer",
      startLoginRequest,
    });
    const finishLoginRequest = login.finish(loginResponse) ?? "";
    const finish = { challengeId, finishLoginRequest, device: "train" };
    await createHttpApi(two.url, jar).auth.loginFinish.mutate(finish);
    expect(await reasonOf(createHttpApi(one.url, jar).auth.loginFinish.mutate(finish))).toBe(
      "wrong-credentials",
    );
    expect(jar.cookie).toMatch(/^sotto_8080=/);
    const renewed = await createHttpApi(one.url, jar).auth.refresh.mutate();
    expect(renewed.user.username).toBe("wanderer");
  });

  it("close the sockets of a session that ended on the other one, and no others", async () => {
    const here = await signUp(one.url, "two-devices");
    const there = await signIn(two.url, "two-devices", here.password);
    await using hereSocket = await connect(two.url, here);
    await using thereSocket = await connect(two.url, there);
    await here.api.auth.revokeSession.mutate({ sessionId: there.sessionId });
    expect(await thereSocket.closed).toBe(4501);
    expect(await hereSocket.api.auth.sessions.query()).toHaveLength(1);
  });
});
