import { randomUUID } from "node:crypto";
import { memoryStore } from "@sotto/client";
import { connect as connectToNats } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, signIn, signUp } from "../src/people.ts";
import { type Cluster, readiness, startCluster } from "./support/cluster.ts";
import { listen } from "./support/pairs.ts";
import { accessTokenOf, openSocket, ticketOf } from "./support/sockets.ts";

/*
 * The safety poll alone brings one thing every five seconds. Where a test is about NATS it therefore does several
 * things, each after the one before has arrived, and may take half of the time that polling would.
 */
const pollMs = 5_000;

async function expectSoonerThanPolling(steps: number, step: (number: number) => Promise<void>) {
  const startedMs = performance.now();
  for (let number = 1; number <= steps; number += 1) await step(number);
  expect(performance.now() - startedMs).toBeLessThan((steps * pollMs) / 2);
}

const patient = { timeout: 30_000 };

describe("two nodes", () => {
  let cluster: Cluster;
  let urls: [string, string];
  beforeAll(async () => {
    cluster = await startCluster(2);
    urls = [cluster.nodes[0]?.url ?? "", cluster.nodes[1]?.url ?? ""];
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  test("are ready, and hear each other", async () => {
    for (const node of cluster.nodes) {
      await expect.poll(() => readiness(node), patient).toEqual({ status: "ready", nats: "connected" });
    }
  });

  test("wake each other's people: a talk across them does not wait for the poll", async () => {
    await using ada = await signUp(urls[0], "ada");
    await using ben = await signUp(urls[1], "ben");
    const { id } = await ada.openDirect("ben");
    const [atAda, atBen] = [listen(ada), listen(ben)];
    await expectSoonerThanPolling(12, async (step) => {
      await ada.send(id, { text: `ping ${step}` });
      await atBen.until(step);
      await ben.send(id, { text: `pong ${step}` });
      await atAda.until(step);
    });
    expect(atAda.texts().at(-1)).toBe("pong 12");
    expect(atBen.texts()).toHaveLength(12);
  });

  test("pass on who is typing and who is there, which no database ever sees", async () => {
    await using cleo = await signUp(urls[0], "cleo");
    await using dora = await signUp(urls[1], "dora");
    const { id } = await cleo.openDirect("dora");
    const typing = collect(dora, "typing");
    const again = setInterval(() => void cleo.sendTyping(id), 100);
    const [first] = await typing.until(({ length }) => length > 0);
    clearInterval(again);
    expect(first).toEqual({ conversationId: id, userId: cleo.user?.id });

    await cleo.send(id, { text: "there?" });
    await Promise.all([cleo, dora].map((person) => person.setSettings({ presence: true })));
    const looking = setInterval(() => void cleo.setPresent(false).then(() => cleo.setPresent(true)), 300);
    await expect.poll(() => dora.listPresent(), { timeout: 15_000 }).toEqual([cleo.user?.id]);
    clearInterval(looking);
  });

  test("take a WebSocket token once between them, also when both are asked in the same moment", async () => {
    const store = memoryStore();
    await using eve = await signUp(urls[0], "eve", store);
    expect(eve.user).not.toBeNull();
    const accessToken = await accessTokenOf(store, urls[1]);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const ticket = await ticketOf(accessToken, urls[0]);
      const statuses = await Promise.all([...urls, ...urls].map((url) => openSocket(url, ticket)));
      expect(statuses.filter((status) => status === 101)).toHaveLength(1);
      expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    }
  });

  test("close a revoked session's socket on the other node at once", async () => {
    await using finn = await signUp(urls[0], "finn");
    const devices = [];
    for (let device = 0; device < 4; device += 1) devices.push(await signIn(urls[1], "finn"));
    const ends = devices.map((device) => collect(device, "session"));
    const others = (await finn.sessions()).filter(({ current }) => !current);
    expect(others).toHaveLength(devices.length);
    await expectSoonerThanPolling(devices.length, async (step) => {
      await finn.revokeSession(others[step - 1]?.id ?? "");
      await expect.poll(() => ends.filter(({ seen }) => seen.length > 0), patient).toHaveLength(step);
    });
    for (const { seen } of ends) expect(seen).toEqual([{ user: null, reason: "ended" }]);
    await Promise.all(devices.map((device) => device.close()));
    expect(finn.connection).toBe("online");
  });

  test("take nothing from NATS that is not theirs, and end no session on its word", async () => {
    const store = memoryStore();
    await using gus = await signUp(urls[0], "gus", store);
    const [session] = await gus.sessions();
    const states = collect(gus, "connection");
    const nats = await connectToNats({ servers: cluster.nats.url.replace("nats://", "") });
    for (const payload of ["", "{", "[]", '{"kind":"wake","userIds":["x"]}', "\u0000".repeat(100_000)]) {
      nats.publish("sotto.revocations", payload);
    }
    nats.publish("sotto.revocations", new Uint8Array([0xff, 0xfe, 0xc3]));
    const sessionIds = [session?.id ?? "", randomUUID()];
    nats.publish("sotto.revocations", JSON.stringify({ kind: "revoke", sessionIds }));
    await nats.flush();
    const dropped = (output: string) => output.split("is not the news of a node").length - 1;
    for (const node of cluster.nodes) await expect.poll(() => dropped(node.output()), patient).toBe(6);
    await nats.close();

    await using hal = await signUp(urls[1], "hal");
    const atGus = listen(gus);
    const { id } = await hal.openDirect("gus");
    await hal.send(id, { text: "still there?" });
    expect(await atGus.until(1)).toEqual(["still there?"]);
    expect(states.seen).toEqual([]);
    expect(await gus.sessions()).toHaveLength(1);
  });

  test("let nothing through NATS that was said: neither words, nor envelopes, nor tokens", async () => {
    const store = memoryStore();
    await using ivy = await signUp(urls[0], "ivy", store);
    await using jon = await signUp(urls[1], "jon");
    const heard: string[] = [];
    const nats = await connectToNats({ servers: cluster.nats.url.replace("nats://", "") });
    nats.subscribe(">", { callback: (_, message) => void heard.push(message.string()) });
    await nats.flush();
    const atJon = listen(jon);
    const { id } = await ivy.openDirect("jon");
    await ivy.sendTyping(id);
    await ivy.send(id, { text: "rosebud" });
    await atJon.until(1);
    await nats.flush();
    await nats.close();
    expect(heard.length).toBeGreaterThan(1);
    const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
    const words = heard.join("\n").replaceAll(uuids, "ID");
    expect(new Set(words.match(/\w+/g))).toEqual(
      new Set(["kind", "wake", "userIds", "ID", "signal", "typing", "conversationId", "userId"]),
    );
  });
});
