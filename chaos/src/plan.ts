/**
 * What is done to the system, and when: a list made from the seed alone. The same seed plans the same faults at the
 * same times against the same victims; which bytes are on their way at that moment is up to the machine.
 */
import type { Engine } from "./options.ts";
import { createRandom, type Random } from "./random.ts";

export type NetworkFault =
  | "cut"
  | "black-hole"
  | "dead-connections"
  | "stall"
  | "delay"
  | "split"
  | "truncate"
  | "half-open"
  | "duplicate";

export type Fault =
  | { kind: "kill-server"; node: number; downMs: number }
  | { kind: "kill-nats"; downMs: number }
  | { kind: "restart-postgres"; how: "fast" | "immediate" | "kill"; downMs: number }
  | { kind: "pause-postgres"; forMs: number }
  | { kind: "network"; how: NetworkFault; devices: string[]; forMs: number }
  | { kind: "kill-clients"; host: number; downMs: number }
  | { kind: "freeze-clients"; host: number; forMs: number }
  | { kind: "end-session"; how: "revoke" | "sign-out"; device: string }
  | { kind: "skew-clock"; host: number; skewMs: number }
  | { kind: "fill-disk"; forMs: number }
  | { kind: "stop-server"; node: number; downMs: number };

export type Step = { atMs: number; fault: Fault };

/**
 * Mean seconds between two faults of a kind. Chosen so that most faults meet the traces of another one. Each kind has
 * random numbers of its own, so a new one changes nothing else about the plan of a seed.
 */
const meanSeconds: Record<Fault["kind"], number> = {
  "kill-server": 4,
  "kill-nats": 20,
  "restart-postgres": 12,
  "pause-postgres": 25,
  network: 0.8,
  "kill-clients": 9,
  "freeze-clients": 25,
  "end-session": 15,
  "skew-clock": 20,
  "fill-disk": 60,
  "stop-server": 20,
};

const networkFaults: NetworkFault[] = [
  "cut",
  "cut",
  "black-hole",
  "dead-connections",
  "stall",
  "delay",
  "split",
  "truncate",
  "half-open",
  "duplicate",
];

export type PlanInput = {
  seed: number;
  durationMs: number;
  database: Engine;
  nodes: number;
  /** Names of the devices in each host process. */
  hosts: string[][];
};

/** In order of time. Nothing starts in the last second. */
export function makePlan(input: PlanInput): Step[] {
  const steps: Step[] = [];
  for (const kind of Object.keys(meanSeconds) as Fault["kind"][]) {
    if (input.database === "pglite" && (kind === "restart-postgres" || kind === "pause-postgres")) continue;
    if (input.nodes === 1 && kind === "kill-nats") continue;
    const random = createRandom(input.seed, `plan/${kind}`);
    const meanMs = meanSeconds[kind] * 1_000;
    for (let atMs = random.exponential(meanMs); ; atMs += random.exponential(meanMs)) {
      if (atMs > input.durationMs - 1_000) break;
      steps.push({ atMs: Math.round(atMs), fault: makeFault(kind, random, input) });
    }
  }
  return steps.sort((a, b) => a.atMs - b.atMs);
}

function makeFault(kind: Fault["kind"], random: Random, { hosts, nodes }: PlanInput): Fault {
  const devices = hosts.flat();
  const host = random.integer(0, hosts.length - 1);
  switch (kind) {
    case "kill-server":
      return { kind, node: random.integer(0, nodes - 1), downMs: random.integer(0, 1_500) };
    case "kill-nats":
      return { kind, downMs: random.integer(0, 8_000) };
    case "restart-postgres":
      return {
        kind,
        how: random.pick(["fast", "immediate", "kill"] as const),
        downMs: random.integer(0, 2_000),
      };
    case "pause-postgres":
      return { kind, forMs: random.integer(500, 6_000) };
    case "network":
      return {
        kind,
        how: random.pick(networkFaults),
        devices: random.sample(devices, random.integer(1, Math.ceil(devices.length / 4))),
        forMs: random.integer(200, random.chance(0.2) ? 15_000 : 3_000),
      };
    case "kill-clients":
      return { kind, host, downMs: random.integer(0, 3_000) };
    case "freeze-clients":
      return { kind, host, forMs: random.integer(500, 8_000) };
    case "end-session":
      return { kind, how: random.pick(["revoke", "sign-out"] as const), device: random.pick(devices) };
    case "skew-clock":
      return { kind, host, skewMs: random.integer(-86_400_000, 86_400_000) };
    case "fill-disk":
      return { kind, forMs: random.integer(1_000, 4_000) };
    case "stop-server":
      return { kind, node: random.integer(0, nodes - 1), downMs: random.integer(0, 1_500) };
  }
}
