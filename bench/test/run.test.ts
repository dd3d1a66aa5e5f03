import { afterAll, beforeAll, expect, test } from "vitest";
import { createCast } from "../src/cast.ts";
import { createDatabases, type Databases, makeFolder } from "../src/databases.ts";
import type { Plan } from "../src/plan.ts";
import { type BenchPostgres, startBenchPostgres } from "../src/postgres.ts";
import { runOnce } from "../src/run.ts";
import { targets } from "../src/targets.ts";

let postgres: BenchPostgres;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let databases: Databases;

beforeAll(async () => {
  postgres = await startBenchPostgres();
  folder = await makeFolder();
  databases = createDatabases(postgres, folder.path);
});

afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const talk: Plan = {
  pairs: 3,
  seededPerPair: 20,
  task: { kind: "traffic", options: { inFlight: 4, warmMs: 200, measureMs: 300 } },
};
const comeBack: Plan = { ...talk, task: { kind: "return", options: { missedPerPair: 20 } } };
const read: Plan = { ...talk, task: { kind: "history", options: { messages: 20, pageSize: 8, times: 1 } } };

test.each([
  ["ours", comeBack, 60],
  ["ours", read, 20],
  ["ws-commit", talk, 12],
  ["trpc-relay", talk, 12],
] as const)("%s brings every message of a run, once and in order", async (name, plan, atLeast) => {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  const figures = await runOnce(databases, target, { plan, cast: createCast(plan.pairs) });
  expect(figures).toMatchObject({ lost: 0, doubled: 0, reordered: 0 });
  expect(figures["sent"]).toBeGreaterThanOrEqual(atLeast);
});
