/**
 * Sockets of one member that break every cap there is, each in turn, while others write to each other: whether they
 * are closed, refused or paused as designed, and what it does to the latency of the others. The attacker is a process
 * of its own, so that what is measured is the server's trouble and not its.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Fleet, launchFleet } from "../fleet/fleet.ts";
import { describeTimes } from "../times.ts";
import { attackNames, type AttackName, type AttackTask, type FromAttacker } from "./attacks.ts";
import { prepareLargeSend } from "./large-sends.ts";
import type { Measure } from "./measure.ts";
import { takeAccessToken } from "./raw-socket.ts";
import { openStage } from "./stage.ts";

export type HostileSocketFigures = {
  clients: number;
  attacks: {
    name: AttackName;
    /** What happened to the attacker, as the most of its attempts ended. */
    outcome: string;
    asDesigned: boolean;
    attempts: number;
    /** Of the others' sends: just before, and while it went on. */
    beforeP99Ms: number;
    duringP99Ms: number;
  }[];
};

const perSecond = 60;
const textLength = 40;
const calmMs = 2_000;
const attackerMain = fileURLToPath(new URL("attacker-main.ts", import.meta.url));
const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

/** What the design says; see `docs/protocol.md`. */
const designed: Record<AttackName, RegExp> = {
  subscriptions: /^closed: 1008$/,
  batch: /^closed: 1008$/,
  frame: /^closed: 1009$/,
  rate: /^paused$/,
  sends: /^paused$/,
  upgrades: /^refused: 401$/,
};

export const measureHostileSocket: Measure<HostileSocketFigures> = async ({ scale, say }) => {
  const clients = scale(20, 10);
  const windowMs = scale(30_000, 5_000);
  await using stage = await openStage({ members: clients + 2, env: { RATE_LIMITS: "on" } });
  const honest = stage.members.slice(0, clients);
  const [victim, attacker] = stage.members.slice(-2);
  if (victim === undefined || attacker === undefined) throw new Error("There is nobody to attack.");
  await using fleet = await launchFleet(honest, { url: stage.url, processes: 1 });
  const accessToken = await takeAccessToken(stage.url, attacker);
  const largeSend = await prepareLargeSend(stage.url, accessToken, attacker, victim);
  fleet.talk(perSecond, textLength);
  await delay(calmMs * 2);

  const attacks: HostileSocketFigures["attacks"] = [];
  for (const name of attackNames) {
    const before = await watch(fleet, delay(windowMs));
    const attacking = attack({ name, url: stage.url, accessToken, forMs: windowMs, largeSend });
    const during = await watch(fleet, attacking);
    const { outcome, attempts } = await attacking;
    const figures = { name, outcome, asDesigned: designed[name].test(outcome), attempts };
    attacks.push({ ...figures, beforeP99Ms: before, duringP99Ms: during });
    say(`${name}: ${outcome} (${attempts} attempts); p99 of others ${before} ms before, ${during} ms during`);
    await delay(calmMs);
  }
  fleet.hush();
  return { clients, attacks };
};

/** The 99th percentile of the others' sends until `end`, in ms. */
async function watch(fleet: Fleet, end: Promise<unknown>): Promise<number> {
  await fleet.latencies();
  await end;
  return describeTimes((await fleet.latencies()).valuesMs).p99Ms;
}

async function attack(task: AttackTask): Promise<FromAttacker> {
  const child = fork(attackerMain, [], {
    cwd: packageRoot,
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // In life it is another machine, and takes no time of this one.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  child.send(task);
  const [result] = (await once(child, "message")) as [FromAttacker];
  child.kill("SIGKILL");
  return result;
}
