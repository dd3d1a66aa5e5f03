import { describe, test } from "vitest";
import type { Fault, Step } from "../src/plan.ts";
import { runRig } from "../src/rig.ts";

const clients = 8;
const everybody = Array.from({ length: clients }, (_, index) => `d${index}`);
const base = { seed: 5, clients, nodes: 1, rate: 40, keep: "never" as const };

function at(atMs: number, fault: Fault): Step {
  return { atMs, fault };
}

function network(how: Extract<Fault, { kind: "network" }>["how"], devices: string[], forMs = 0): Fault {
  return { kind: "network", how, devices, forMs };
}

/** The server dies, connections are cut and stall, calls arrive twice, clients die and are signed out. */
const blows = [
  at(800, network("duplicate", everybody, 9_000)),
  at(1_000, network("cut", everybody)),
  at(2_000, { kind: "kill-server", node: 0, downMs: 0 }),
  at(2_500, { kind: "kill-clients", host: 0, downMs: 200 }),
  at(5_500, network("truncate", ["d1", "d2", "d4"])),
  at(5_800, { kind: "end-session", how: "revoke", device: "d5" }),
  at(6_000, network("stall", ["d0", "d3"], 800)),
  at(8_000, { kind: "kill-clients", host: 1, downMs: 0 }),
];

describe.concurrent("nothing is lost, doubled or out of order through kills and cuts", () => {
  for (const [database, blow] of [
    ["postgres", at(8_500, { kind: "restart-postgres", how: "kill", downMs: 100 })],
    ["pglite", at(8_500, { kind: "kill-server", node: 0, downMs: 100 })],
  ] as const) {
    test(`on ${database}`, async ({ expect }) => {
      const plan = [...blows, blow];
      const { violations, counts, deeds } = await runRig(
        { ...base, database, minutes: 0.17, plan, leastAcknowledged: 40 },
        () => undefined,
      );
      expect(violations).toEqual([]);
      expect(counts.acknowledged).toBeGreaterThanOrEqual(40);
      expect(new Set(deeds.map(({ fault }) => fault.kind))).toEqual(
        new Set(plan.map(({ fault }) => fault.kind)),
      );
    });
  }
});

describe.concurrent("a broken server is caught", () => {
  async function kindsOf(
    build: string,
    trouble: { plan: Step[]; weather?: "duplicate"; minutes?: number; rate?: number },
  ): Promise<string[]> {
    const { violations } = await runRig(
      {
        ...base,
        clients: 4,
        // The quicker one to start; what is broken lies in front of both.
        database: "postgres",
        minutes: 0.1,
        ...trouble,
        leastAcknowledged: 60,
        serverImports: [new URL(`broken-builds/${build}.mjs`, import.meta.url).pathname],
        // It may never come to rest, which is one of the ways to be caught.
        settleTimeoutMs: 8_000,
      },
      () => undefined,
    );
    return [...new Set(violations.map(({ kind }) => kind))];
  }

  test("that does not notice retries", async ({ expect }) => {
    const kinds = await kindsOf("dedupe-off", { plan: [], weather: "duplicate" });
    expect(kinds).toContain("feed-doubled");
  });

  test("whose cursors are times", async ({ expect }) => {
    // Two are cut off while the others write, and read from their cursors when they come back. They write so seldom, and
    // so much lies between two cuts, that a feed also goes on live on a busy machine: a hole is told by what follows it.
    const plan = Array.from({ length: 10 }, (_, index) =>
      at(500 + index * 1_000, network("cut", ["d0", "d1"])),
    );
    // A hole of one event is told by what is missing.
    const kinds = await kindsOf("cursor-by-timestamp", { plan, minutes: 0.18, rate: 12 });
    expect(kinds.filter((kind) => kind === "applied-hole" || kind === "applied-missing")).not.toEqual([]);
  });

  test("that acknowledges before it commits", async ({ expect }) => {
    const plan = [at(500, { kind: "kill-server", node: 0, downMs: 0 })];
    expect(await kindsOf("acknowledge-before-commit", { plan })).toContain("acknowledged-lost");
  });
});
