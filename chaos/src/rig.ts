/** One whole run: a server on a fresh database, clients behind the proxy, the nemesis, and then the checker. */
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DatabasePlace, openDatabase } from "@sotto/db";
import { castDevices } from "./cast.ts";
import { checkRun, type Verdict } from "./checker.ts";
import type { Violation, ViolationKind } from "./checks/violation.ts";
import { Cleanup, onSignals } from "./cleanup.ts";
import { createCrew } from "./crew.ts";
import { openSmallDisk } from "./disk.ts";
import { readFinalState } from "./final-database.ts";
import { type Deed, stopTimeoutMs, unleash } from "./nemesis.ts";
import { createNodes } from "./nodes.ts";
import type { Options } from "./options.ts";
import { type Fault, makePlan, type Step } from "./plan.ts";
import { startChaosPostgres } from "./postgres.ts";
import { createProxy, type Lane } from "./proxy.ts";
import { createRandom } from "./random.ts";
import { measureRecovery, type Recovery } from "./recovery.ts";
import { awaitAcknowledged, settle } from "./settle.ts";
import { searchServerSide } from "./server-side.ts";

export type RunResult = Verdict & {
  deeds: Deed[];
  /** Connections that the proxy cut or lost. */
  brokenConnections: number;
  recovery: Recovery;
  /** What could not be done on this machine, and why. */
  skipped: string[];
  /** Where everything lies, if it was kept. */
  folder: string | null;
};

export type RigOptions = Pick<
  Options,
  "minutes" | "seed" | "database" | "clients" | "nodes" | "rate" | "keep"
> & {
  /** Instead of the one that the seed gives. */
  plan?: Step[];
  /** Modules loaded into the server before its own: how tests break it on purpose. */
  serverImports?: string[];
  settleTimeoutMs?: number;
  /** Goes on talking until so many were acknowledged, on a machine that is too busy to reach that in `minutes`. */
  leastAcknowledged?: number;
  /** What the network does to everyone all the time. */
  weather?: "duplicate";
  /** Adds two faults at the end, each on its own and for everyone, so that the ways back can be timed. */
  measure?: boolean;
};

const settleTimeoutMs = 90_000;
/** By then everyone has noticed that a connection is dead. */
const noticeMs = 20_000;
/** Longer than any run, and the longest wait there is. */
const runMaxMs = 2 ** 31 - 1;
const slowestMs = 120_000;
/** Histories grow with the run. */
const finishTimeoutMs = ({ minutes }: Pick<Options, "minutes">) => 120_000 + minutes * 30_000;
const password = "violin tundra marmalade chaos";

export async function runRig(options: RigOptions, say: (text: string) => void): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-chaos-"));
  // PostgreSQL may run as another user, and its directory lies in here.
  await chmod(folder, 0o711);
  await using stack = new Cleanup();
  const stopListening = onSignals(() => stack[Symbol.asyncDispose]());
  stack.later(() => Promise.resolve(stopListening()));
  let isKept = options.keep === "always";
  stack.later(async () => {
    if (!isKept) await rm(folder, { recursive: true, force: true });
  });
  const seen: Violation[] = [];
  const report = (kind: ViolationKind, detail: string) => seen.push({ kind, detail });
  const skipped: string[] = [];

  const disk = await openSmallDisk(
    join(folder, "disk"),
    768 + Math.round((options.rate * options.minutes * 60 * 6) / 1024),
  );
  if (typeof disk === "string") skipped.push(`full disk: ${disk}`);
  else stack.later(() => disk[Symbol.asyncDispose]());
  const dataRoot = typeof disk === "string" ? folder : disk.path;

  const postgres = options.database === "postgres" ? await inTmpdir(dataRoot, startChaosPostgres) : null;
  if (postgres !== null) stack.later(() => postgres[Symbol.asyncDispose]());
  const dataDir = join(dataRoot, "data");
  const place: DatabasePlace = postgres === null ? { dataDir } : { databaseUrl: postgres.url };
  const logFile = join(folder, "server.log");
  await mkdir(dataDir, { mode: 0o700 });
  const nodes = await createNodes(options.nodes, {
    env: { DATA_DIR: dataDir, ...(postgres === null ? {} : { DATABASE_URL: postgres.url }) },
    logFile,
    imports: options.serverImports ?? [],
  });
  stack.later(() => nodes[Symbol.asyncDispose]());
  let expectDeath = false;
  for (const node of nodes.all) {
    node.onDeath((code) => {
      if (!expectDeath) report("died", `the server ended with ${code}`);
      void node.start();
    });
  }
  await Promise.all(nodes.all.map((node) => node.start()));

  const hosts = castDevices(options, folder);
  const names = hosts.map(({ devices }) => devices.map(({ name }) => name));
  const balancing = createRandom(options.seed, "balancer");
  const proxy = createProxy(() => nodes.pickPort(balancing), createRandom(options.seed, "proxy"));
  stack.later(() => proxy[Symbol.asyncDispose]());
  const lanes = new Map<string, Lane>();
  for (const device of names.flat()) lanes.set(device, await proxy.openLane());

  // Not from the seed: what the server's side is searched for must not lie in the sources or in another run's files.
  const marker = `mk${randomBytes(9).toString("hex")}`;
  const crew = createCrew({
    hosts,
    folder,
    seed: options.seed,
    marker,
    password,
    urlOf: (device) => lanes.get(device)?.url ?? "",
    onTrouble: (text) => report("died", text),
  });
  stack.later(() => crew.killAll());
  say(`signing up ${names.flat().length} clients in ${hosts.length} processes`);
  await crew.startAll();

  const durationMs = options.minutes * 60_000;
  const plan = options.plan ?? makePlan({ ...options, durationMs, hosts: names });
  say(`${plan.length} faults in ${Math.round(durationMs / 1_000)} s`);
  const { weather } = options;
  if (weather !== undefined) for (const lane of lanes.values()) void lane.inject(weather, runMaxMs);
  crew.talk();
  // Faults before the first message would find nothing to break.
  await awaitAcknowledged(crew, 1, slowestMs);
  const startMs = Date.now();
  const smallDisk = typeof disk === "string" ? null : disk;
  const world = { nodes, postgres, disk: smallDisk, crew, lanes, report };
  const deeds = await unleash(world, plan, say);
  await delay(Math.max(0, startMs + durationMs - Date.now()));
  await awaitAcknowledged(crew, options.leastAcknowledged ?? 0, slowestMs);
  crew.hush();

  const rest = async () => {
    const restless = await settle(crew, names.flat().length, options.settleTimeoutMs ?? settleTimeoutMs);
    if (restless !== null) report("unsettled", restless);
  };
  say("faults are over, waiting for rest");
  await rest();
  if (options.measure === true) {
    say("measuring ways back, one fault at a time");
    for (const blow of lastBlows(names.flat(), nodes.all.length)) {
      deeds.push(...(await unleash(world, blow, say)));
      await delay(noticeMs);
      await rest();
    }
  }
  if (!(await crew.finish(finishTimeoutMs(options))))
    report("unsettled", "a client did not finish its history in time");
  await crew.killAll();
  expectDeath = true;
  for (const code of await Promise.all(nodes.all.map((node) => node.stop(stopTimeoutMs)))) {
    if (code !== 0)
      report("stop-failed", `asked to stop, the server ended with ${code ?? "nothing in 30 s"}`);
  }

  say("checking");
  const logs = await crew.readLogs();
  const folders = [dataDir, ...(postgres === null ? [] : [postgres.dataDir])];
  const { db, close } = await openDatabase(place);
  stack.later(close);
  const state = await readFinalState(db);
  for (const found of await searchServerSide({ db, folders, logFile, secrets: { marker, password } })) {
    report("plaintext", found);
  }
  const hostOf = (device: string) => names.findIndex((host) => host.includes(device));
  const verdict = checkRun({ logs, state, seen });
  isKept ||= options.keep === "violations" && verdict.violations.length > 0;
  return {
    ...verdict,
    deeds,
    brokenConnections: proxy.broken,
    recovery: measureRecovery(logs, deeds, hostOf),
    skipped,
    folder: isKept ? folder : null,
  };
}

function lastBlows(devices: string[], nodes: number): Step[][] {
  const at = (fault: Fault): Step => ({ atMs: 0, fault });
  return [
    Array.from({ length: nodes }, (_, node) => at({ kind: "kill-server", node, downMs: 0 })),
    [at({ kind: "network", how: "dead-connections", devices, forMs: 0 })],
  ];
}

/**
 * What asks for the system's temporary folder gets this one: only what does so before its first wait, for the
 * environment belongs to the whole process, and another run may be going on in it.
 */
function inTmpdir<T>(path: string, task: () => Promise<T>): Promise<T> {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = path;
  try {
    return task();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
