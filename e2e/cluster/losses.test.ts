import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, readiness, startCluster } from "./support/cluster.ts";
import { makePair, type Pair } from "./support/pairs.ts";

/** Written by each person in each phase of a test. */
const rounds = 60;
const patient = { timeout: 30_000 };

describe("three nodes under load", () => {
  let cluster: Cluster;
  const pairs: Pair[] = [];
  beforeAll(async () => {
    cluster = await startCluster(3);
    for (const name of ["a", "b", "c"]) pairs.push(await makePair(name, cluster.balancer.url));
  });
  afterAll(async () => {
    await Promise.all(pairs.flatMap(({ members }) => members.map(({ person }) => person.close())));
    await cluster[Symbol.asyncDispose]();
  });

  const talkAll = () => Promise.all(pairs.map((pair) => pair.talk(rounds)));

  /** Begins to talk, and resolves when some of it has arrived: then is the moment to break something. */
  async function underWay(): Promise<{ talked: Promise<unknown> }> {
    const first = pairs[0]?.members[0];
    const before = first?.written().length ?? 0;
    const talked = talkAll();
    await first?.arrived(before + rounds / 4);
    return { talked };
  }

  /** Everybody was shown all that was written to them, once and in order, and everybody's history says the same. */
  async function expectAllThere(): Promise<void> {
    for (const { conversationId, members } of pairs) {
      const histories: string[][] = [];
      for (const { person, written, arrived } of members) {
        const texts = written();
        expect(await arrived(texts.length)).toEqual(texts);
        const messages = await person.history(conversationId, { limit: 3 * texts.length });
        expect(messages).toHaveLength(2 * texts.length);
        histories.push(messages.map(({ id, text }) => `${id} ${text}`));
      }
      expect(histories[1]).toEqual(histories[0]);
    }
  }

  test("lose nothing, double nothing and keep the order when one is killed, then another", async () => {
    for (const index of [0, 1]) {
      const { talked } = await underWay();
      await cluster.nodes[index]?.kill();
      await talked;
      await expectAllThere();
      await cluster.nodes[index]?.start();
    }
  });

  test("lose nothing when NATS is killed, say so, and recover by themselves", async () => {
    const { talked } = await underWay();
    await cluster.nats.kill();
    await talked;
    for (const node of cluster.nodes) {
      await expect.poll(() => readiness(node), patient).toEqual({ status: "degraded", nats: "disconnected" });
    }
    await expectAllThere();

    const again = talkAll();
    await cluster.nats.start();
    for (const node of cluster.nodes) {
      await expect.poll(() => readiness(node), patient).toEqual({ status: "ready", nats: "connected" });
      expect(node.output().split("NATS is away")).toHaveLength(2);
    }
    await again;
    await expectAllThere();
  });
});
