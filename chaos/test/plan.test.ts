import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { castDevices } from "../src/cast.ts";
import { OptionsError, parseOptions } from "../src/options.ts";
import { makePlan, type PlanInput } from "../src/plan.ts";

const hosts = [
  ["d0", "d1", "d2"],
  ["d3", "d4", "d5"],
];
/** SHA-256 of its JSON, with the faults that there were at first. */
const planOfSeed1 = "678508475390d6097d1aa441cd5d3d5bb29e787fcc9382a613ae6e14dca2d549";
const input: PlanInput = { seed: 1, durationMs: 600_000, database: "postgres", nodes: 1, hosts };

test("a seed plans the same faults each time, another seed others", () => {
  expect(makePlan(input)).toEqual(makePlan(input));
  expect(makePlan(input)).not.toEqual(makePlan({ ...input, seed: 2 }));
});

test("a plan is in order of time, ends before the run does, and has every kind of fault", () => {
  const steps = makePlan(input);
  const times = steps.map(({ atMs }) => atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThanOrEqual(599_000);
  const kinds = new Set(steps.map(({ fault }) => (fault.kind === "network" ? fault.how : fault.kind)));
  expect([...kinds].sort()).toEqual([
    "black-hole",
    "cut",
    "dead-connections",
    "delay",
    "duplicate",
    "end-session",
    "fill-disk",
    "freeze-clients",
    "half-open",
    "kill-clients",
    "kill-server",
    "pause-postgres",
    "restart-postgres",
    "skew-clock",
    "split",
    "stall",
    "stop-server",
    "truncate",
  ]);
});

test("the plan of a seed is what it was before a server was also asked to stop", () => {
  const steps = makePlan(input).filter(({ fault }) => fault.kind !== "stop-server");
  expect(createHash("sha256").update(JSON.stringify(steps)).digest("hex")).toBe(planOfSeed1);
});

test("an embedded database is not restarted on its own", () => {
  const kinds = makePlan({ ...input, database: "pglite" }).map(({ fault }) => fault.kind);
  expect(kinds).not.toContain("restart-postgres");
  expect(kinds).not.toContain("pause-postgres");
  expect(kinds).toContain("kill-server");
});

test("every device writes to others, and every fourth is a second device of the person before", () => {
  const devices = castDevices({ clients: 20, seed: 3, rate: 40 }, "/nowhere").flatMap((host) => host.devices);
  expect(devices).toHaveLength(20);
  expect(devices.filter(({ first }) => !first)).toHaveLength(5);
  for (const { username, partners } of devices) {
    expect(partners).toHaveLength(3);
    expect(partners).not.toContain(username);
  }
  expect(devices[3]?.partners).toEqual(devices[2]?.partners);
});

test("options have defaults", () => {
  expect(parseOptions([])).toEqual({
    do: "rig",
    record: false,
    options: {
      minutes: 1,
      seed: 1,
      database: "pglite",
      clients: 20,
      nodes: 1,
      rate: 150,
      keep: "violations",
    },
  });
});

for (const [args, says] of [
  [["--nodes", "3"], "share a PostgreSQL"],
  [["--database", "sqlite"], "neither postgres nor pglite"],
  [["--clients", "500"], "--clients"],
  [["--minutes", "soon"], "--minutes"],
  [["--seed", "1.5"], "not a whole number"],
  [["--verbose"], "--verbose"],
  [["--measure", "luck"], "none of recovery, reconnect"],
  [["--measure", "soak", "--trial", "--record"], "leave out --record"],
] as const) {
  test(`${args.join(" ")} is refused in a sentence`, () => {
    expect(() => parseOptions(args)).toThrow(OptionsError);
    expect(() => parseOptions(args)).toThrow(says);
  });
}
