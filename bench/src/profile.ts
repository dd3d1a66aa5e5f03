/** Where the time of a server goes: its functions, from a profile of V8, and its statements, from PostgreSQL. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cast } from "./cast.ts";
import type { Databases } from "./databases.ts";
import type { Plan } from "./plan.ts";
import type { BenchPostgres, Statement } from "./postgres.ts";
import { runOnce } from "./run.ts";
import type { Target, WorkloadName } from "./targets.ts";

/** Of the time that the server's thread was busy, from 0 to 1. */
export type Share = { name: string; share: number };

export type Profile = {
  target: string;
  workload: WorkloadName;
  messagesPerSecond: number;
  functions: Share[];
  packages: Share[];
  statements: Statement[];
};

type Node = { id: number; callFrame: { functionName: string; url: string }; children?: number[] };
export type CpuProfile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

const root = fileURLToPath(new URL("../..", import.meta.url));
const shown = 25;

export async function profileTarget(
  { databases, postgres, folder }: { databases: Databases; postgres: BenchPostgres; folder: string },
  target: Target,
  { workload, plan, cast }: { workload: WorkloadName; plan: Plan; cast: Cast },
): Promise<Profile> {
  const file = join(folder, `${target.name}-${workload}.cpuprofile`);
  let statements: Statement[] = [];
  const figures = await runOnce(databases, target, { plan, cast }, async (edge, server) => {
    if (edge === "start") {
      await server.ask({ ask: "start-profile" });
      await postgres.resetStatements();
    } else {
      statements = await postgres.listStatements();
      await server.ask({ ask: "stop-profile", file });
    }
  });
  const times = selfTimes(JSON.parse(await readFile(file, "utf8")) as CpuProfile);
  return {
    target: target.name,
    workload,
    messagesPerSecond: figures["messagesPerSecond"] ?? 0,
    functions: shares(times, ({ callFrame }) => nameOf(callFrame)).slice(0, shown),
    packages: packageShares(times),
    statements: statements.slice(0, shown),
  };
}

export function packagesOf(profile: CpuProfile): Share[] {
  return packageShares(selfTimes(profile));
}

function packageShares(times: { node: Node; us: number }[]): Share[] {
  return shares(times, ({ callFrame }) => packageOf(callFrame));
}

/** What each function took without what it called; idle time and the profiling itself are left out. */
function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): { node: Node; us: number }[] {
  const byId = new Map(nodes.map((node) => [node.id, { node, us: 0 }]));
  for (const [index, id] of samples.entries()) {
    const entry = byId.get(id);
    if (entry !== undefined) entry.us += timeDeltas[index] ?? 0;
  }
  const isControl = ({ callFrame }: Node) => callFrame.url.endsWith("/bench/src/control.ts");
  const ownIds = nodes.filter(isControl).map(({ id }) => id);
  // The list grows while it is walked: calls of calls.
  for (const id of ownIds) ownIds.push(...(byId.get(id)?.node.children ?? []));
  for (const id of ownIds) byId.delete(id);
  return [...byId.values()].filter(({ node }) => node.callFrame.functionName !== "(idle)");
}

function shares(times: { node: Node; us: number }[], name: (node: Node) => string): Share[] {
  const total = times.reduce((sum, { us }) => sum + us, 0);
  const sums = new Map<string, number>();
  for (const { node, us } of times) sums.set(name(node), (sums.get(name(node)) ?? 0) + us);
  return [...sums].map(([each, us]) => ({ name: each, share: us / total })).sort((a, b) => b.share - a.share);
}

function nameOf({ functionName, url }: Node["callFrame"]): string {
  const place = placeOf(url);
  return place === "" ? functionName || "(anonymous)" : `${functionName || "(anonymous)"} in ${place}`;
}

/** From the root of the repository, or from the package where it is somebody else's. */
function placeOf(url: string): string {
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const foreign = path.lastIndexOf("node_modules/");
  if (foreign !== -1) return path.slice(foreign + "node_modules/".length);
  return path.startsWith(root) ? path.slice(root.length) : path;
}

function packageOf({ functionName, url }: Node["callFrame"]): string {
  if (functionName.startsWith("(")) return functionName;
  if (url === "") return "V8";
  if (url.startsWith("node:")) return "Node";
  const [first = "", second = ""] = placeOf(url).split("/");
  const isForeign = url.includes("node_modules/") && !first.startsWith("@");
  return isForeign ? first : `${first}/${second}`;
}

export function formatProfile({ target, workload, messagesPerSecond, ...tables }: Profile): string {
  const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)} %`;
  const list = (rows: Share[]) => rows.map(({ name, share }) => `  ${percent(share)}  ${name}`);
  const statements = tables.statements.map(({ text, calls, totalMs }) => {
    const line = text.replaceAll(/\s+/g, " ").slice(0, 110);
    return `  ${totalMs.toFixed(0).padStart(6)} ms ${String(calls).padStart(7)} calls ${(totalMs / calls).toFixed(3)} ms each  ${line}`;
  });
  return [
    `${target}, workload ${workload}: ${messagesPerSecond.toFixed(0)} messages/s while it was watched`,
    "The server's own time by package:",
    ...list(tables.packages.filter(({ share }) => share >= 0.005)),
    "by function, without what it calls:",
    ...list(tables.functions),
    "Statements inside PostgreSQL, waiting for locks and the disk included:",
    ...statements,
  ].join("\n");
}
