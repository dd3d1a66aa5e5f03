import { expect, test } from "vitest";
import { unleash, type World } from "../src/nemesis.ts";
import { countFaults } from "../src/results.ts";

/** A world of one server, which ends with `code` when it is asked to stop. */
function makeWorld(code: number | null, isUp = true) {
  const done: string[] = [];
  const found: string[] = [];
  const server = {
    isUp,
    stop: async (timeoutMs: number) => {
      done.push(`stop within ${timeoutMs}`);
      return code;
    },
    start: async () => done.push("start"),
  };
  const world = { nodes: { all: [server], nats: null }, report: (kind: string) => found.push(kind) };
  return { world: world as unknown as World, done, found };
}

const plan = [{ atMs: 0, fault: { kind: "stop-server", node: 0, downMs: 0 } as const }];

test("a server that is asked to stop gets 30 seconds, starts again, and is counted", async () => {
  const { world, done, found } = makeWorld(0);
  const deeds = await unleash(world, plan, () => undefined);
  expect(done).toEqual(["stop within 30000", "start"]);
  expect(found).toEqual([]);
  expect(countFaults({ deeds })).toEqual({ "stop-server": 1 });
});

test("one that has to be killed after that is a violation, and starts again all the same", async () => {
  const { world, done, found } = makeWorld(null);
  await unleash(world, plan, () => undefined);
  expect(done).toEqual(["stop within 30000", "start"]);
  expect(found).toEqual(["stop-failed"]);
});

test("one that is down already is left alone", async () => {
  const { world, done } = makeWorld(0, false);
  expect(await unleash(world, plan, () => undefined)).toEqual([]);
  expect(done).toEqual([]);
});
