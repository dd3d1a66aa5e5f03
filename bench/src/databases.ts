/** What runs begin with: made once for each target and cast, and copied for each run. */
import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cast } from "./cast.ts";
import type { BenchPostgres } from "./postgres.ts";
import { seedSotto } from "./seeds.ts";
import type { Target } from "./targets.ts";

type Prepared = AsyncDisposable & {
  /** By which the server finds it. */
  env: Record<string, string>;
  /** Of the postmaster, where that does work in the run. */
  postgresPid: number | null;
};

export type Databases = {
  prepare(target: Target, cast: Cast, seededPerPair: number): Promise<Prepared>;
  /** Earlier runs left things to be written: done now, so that the next one does not pay for it. */
  settle(): Promise<void>;
};

/** Folders are made inside `folder`, which the caller removes. */
export function createDatabases(postgres: BenchPostgres, folder: string): Databases {
  const templates = new Set<string>();
  let copies = 0;

  async function once(name: string, make: () => Promise<void>): Promise<void> {
    if (templates.has(name)) return;
    await make();
    templates.add(name);
  }

  return {
    async prepare({ name, database }, cast, seededPerPair) {
      const template = `${name}_${cast.pairs.length}_${seededPerPair}`.replaceAll("-", "_");
      const dataDir = await mkdtemp(join(folder, "data-"));
      const removeDataDir = () => rm(dataDir, { recursive: true, force: true });
      if (database.kind === "none") {
        return { env: { DATA_DIR: dataDir }, postgresPid: null, [Symbol.asyncDispose]: removeDataDir };
      }
      if (database.kind === "embedded") {
        const made = join(folder, template);
        await once(template, () => seedSotto({ dataDir: made }, cast, seededPerPair));
        await cp(made, dataDir, { recursive: true });
        return { env: { DATA_DIR: dataDir }, postgresPid: null, [Symbol.asyncDispose]: removeDataDir };
      }
      await once(template, async () => database.seed(await postgres.create(template), cast, seededPerPair));
      copies += 1;
      const copy = `run_${copies}`;
      return {
        env: { DATA_DIR: dataDir, DATABASE_URL: await postgres.create(copy, template) },
        postgresPid: postgres.pid,
        async [Symbol.asyncDispose]() {
          await postgres.drop(copy);
          await removeDataDir();
        },
      };
    },
    settle: () => postgres.settle(),
  };
}

/** Removed also where the benchmark is interrupted. */
export async function makeFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "sotto-bench-"));
  const clear = () => rmSync(path, { recursive: true, force: true });
  process.once("exit", clear);
  return {
    path,
    async [Symbol.asyncDispose]() {
      process.off("exit", clear);
      await rm(path, { recursive: true, force: true });
    },
  };
}
