import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Options } from "../src/options.ts";
import type { Step } from "../src/plan.ts";
import { runRig } from "../src/rig.ts";

const base = { seed: 5, clients: 8, rate: 40, record: false, keep: false } satisfies Partial<Options>;
const quiet = () => undefined;
const everybody = Array.from({ length: base.clients }, (_, index) => `d${index}`);

/** The same blows for everyone: the server dies, connections are cut, clients die and sign out. */
function makeBlows(): Step[] {
  return [
    { atMs: 800, fault: { kind: "network", how: "duplicate", devices: everybody, forMs: 9_000 } },
    { atMs: 1_000, fault: { kind: "network", how: "cut", devices: everybody, forMs: 0 } },
    { atMs: 2_000, fault: { kind: "kill-server", downMs: 100 } },
    { atMs: 2_500, fault: { kind: "kill-clients", host: 0, downMs: 200 } },
    { atMs: 5_500, fault: { kind: "network", how: "truncate", devices: ["d1", "d2", "d4"], forMs: 0 } },
    { atMs: 5_800, fault: { kind: "end-session", how: "revoke", device: "d5" } },
    { atMs: 6_000, fault: { kind: "network", how: "stall", devices: ["d0", "d3"], forMs: 800 } },
    { atMs: 7_000, fault: { kind: "kill-server", downMs: 0 } },
  ];
}

for (const database of ["postgres", "pglite"] as const) {
  test(`on ${database}, nothing is lost, doubled or out of order through kills and cuts`, async () => {
    const steps = makeBlows();
    if (database === "postgres")
      steps.push({ atMs: 9_000, fault: { kind: "restart-postgres", how: "kill", downMs: 100 } });
    const result = await runRig({ ...base, database, minutes: 0.17, plan: steps }, quiet);
    expect(result.violations).toEqual([]);
    expect(result.counts.acknowledged).toBeGreaterThan(100);
    expect(result.deeds).toHaveLength(steps.length);
  });
}

describe("a broken server is caught", () => {
  const caught = async (build: string, blows: Step[]) => {
    const serverImports = [fileURLToPath(new URL(`broken-builds/${build}.mjs`, import.meta.url))];
    const result = await runRig(
      {
        ...base,
        database: "pglite",
        minutes: 0.1,
        plan: blows,
        serverImports,
        // It may never come to rest, which is one of the ways to be caught.
        settleTimeoutMs: 12_000,
      },
      quiet,
    );
    return new Set(result.violations.map(({ kind }) => kind));
  };

  test("that does not notice retries", async () => {
    const blows: Step[] = [
      { atMs: 500, fault: { kind: "network", how: "duplicate", devices: everybody, forMs: 4_000 } },
      { atMs: 2_500, fault: { kind: "network", how: "cut", devices: everybody, forMs: 0 } },
    ];
    expect(await caught("dedupe-off", blows)).toContain("feed-doubled");
  });

  test("whose cursors are times", async () => {
    const blows: Step[] = [1_000, 2_000, 3_000, 4_000].map((atMs) => ({
      atMs,
      fault: { kind: "kill-clients", host: (atMs / 1_000) % 4, downMs: 0 },
    }));
    const kinds = await caught("cursor-by-timestamp", blows);
    expect([...kinds].some((kind) => kind === "applied-hole" || kind === "left-behind")).toBe(true);
  });

  test("that acknowledges before it commits", async () => {
    const blows: Step[] = [{ atMs: 3_000, fault: { kind: "kill-server", downMs: 0 } }];
    expect(await caught("acknowledge-before-commit", blows)).toContain("acknowledged-lost");
  });
});
