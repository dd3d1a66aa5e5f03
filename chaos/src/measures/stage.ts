/** What most measures stand on: a server on a fresh PostgreSQL, and people who have signed up already. */
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@sotto/db";
import { Cleanup, onSignals } from "../cleanup.ts";
import { createMembers, type Member } from "../fleet/members.ts";
import { startChaosPostgres } from "../postgres.ts";
import { createServerProcess, type ServerProcess } from "../server-process.ts";

export type Stage = AsyncDisposable & {
  server: ServerProcess;
  url: string;
  members: Member[];
  /** Ends before the server does. */
  later(task: () => PromiseLike<unknown>): void;
  /** Entries of the server's log with the level error or worse, of all its lives. */
  errors(): Promise<string[]>;
  /** Sum of all series of a counter whose labels match, in the server's present life. */
  count(metric: string, labels?: RegExp): Promise<number>;
};

export async function openStage(input: {
  members: number;
  memoryProbe?: boolean;
  env?: Record<string, string>;
}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-measure-"));
  const stack = new Cleanup();
  stack.later(() => rm(folder, { recursive: true, force: true }));
  const stopListening = onSignals(() => stack[Symbol.asyncDispose]());
  stack.later(() => Promise.resolve(stopListening()));
  try {
    await chmod(folder, 0o711);
    const postgres = await startChaosPostgres();
    stack.later(() => postgres[Symbol.asyncDispose]());
    const dataDir = join(folder, "data");
    const logFile = join(folder, "server.log");
    await mkdir(dataDir, { mode: 0o700 });
    const server = await createServerProcess({
      env: { DATA_DIR: dataDir, DATABASE_URL: postgres.url, ...input.env },
      logFile,
      memoryProbe: input.memoryProbe === true,
    });
    stack.later(() => server.close());
    // The server first: it makes its secrets on an empty database only.
    await server.start();
    const { db, close } = await openDatabase({ databaseUrl: postgres.url });
    const members = await createMembers(db, { count: input.members, port: server.port });
    await close();
    const url = `http://127.0.0.1:${server.port}`;
    return {
      server,
      url,
      members,
      later: (task) => stack.later(task),
      async errors() {
        const lines = (await readFile(logFile, "utf8")).split("\n");
        return lines.filter((line) => /^\{"level":(?:50|60|"error"|"fatal")/.test(line));
      },
      async count(metric, labels = /^/) {
        const text = await (await fetch(`${url}/metrics`)).text();
        return sumSeries(text, metric, labels);
      },
      [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

/** Of the text format of Prometheus. */
export function sumSeries(text: string, metric: string, labels: RegExp): number {
  let sum = 0;
  for (const line of text.split("\n")) {
    const match = /^(\w+)(\{.*\})? (\S+)$/.exec(line);
    if (match?.[1] === metric && labels.test(match[2] ?? "")) sum += Number(match[3]);
  }
  return sum;
}
