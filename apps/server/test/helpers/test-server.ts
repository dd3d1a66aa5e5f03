import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "@sotto/db/testing";
import { createTestPlace } from "@sotto/db/testing";
import { parseConfig } from "../../src/config.ts";
import type { RunningServer, StartOptions } from "../../src/start-server.ts";
import { startServer } from "../../src/start-server.ts";

export const engines: Engine[] = ["pglite", "postgres"];
export const jwtSecret = "a secret that only these tests know, long enough";

export type TestServer = RunningServer & {
  /** Empty for the embedded database. */
  databaseUrl: string;
  dataDir: string;
  /** Every line that was logged so far. */
  log: string[];
  [Symbol.asyncDispose](): Promise<void>;
};

type Options = Omit<StartOptions, "logTo"> & { env?: Record<string, string> };

/** A whole server on a free port and a fresh database, gone at the end of its scope. */
export async function startTestServer(
  engine: Engine,
  { env, ...options }: Options = {},
): Promise<TestServer> {
  const { place, [Symbol.asyncDispose]: disposePlace } = await createTestPlace(engine);
  const folder = await mkdtemp(join(tmpdir(), "sotto-server-"));
  const where =
    "databaseUrl" in place
      ? { DATABASE_URL: place.databaseUrl, DATA_DIR: folder }
      : { DATA_DIR: place.dataDir };
  const log: string[] = [];
  const dispose = async () => {
    await disposePlace();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const config = parseConfig({
      PORT: "0",
      RATE_LIMITS: "off",
      LOG_LEVEL: "debug",
      JWT_SECRET: jwtSecret,
      ...where,
      ...env,
    });
    const server = await startServer(config, { ...options, logTo: { write: (line) => void log.push(line) } });
    return {
      ...server,
      log,
      databaseUrl: config.databaseUrl ?? "",
      dataDir: config.dataDir,
      async [Symbol.asyncDispose]() {
        await server.stop();
        await dispose();
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
