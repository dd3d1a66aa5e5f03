import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestPlace } from "@sotto/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runServer, type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let folder = "";
beforeAll(async () => {
  server = await startServerProcess("pglite");
  folder = await mkdtemp(join(tmpdir(), "sotto-start-"));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the server where it cannot start, and gives what it said. */
async function refusedStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = runServer({ PORT: "0", DATA_DIR: folder, ...env });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

describe("a server that cannot start says why in a sentence, without a stack, and exits with 1", () => {
  test.each([
    ["mistakes in the configuration, all at once", { PORT: "x", LOG_LEVEL: "loud" }, [/PORT/, /LOG_LEVEL/]],
    ["an http origin away from localhost", { PUBLIC_ORIGIN: "http://chat.example" }, [/https/]],
    [
      "cluster mode without its secrets",
      { NATS_URL: "nats://127.0.0.1:4222" },
      [/JWT_SECRET/, /OPAQUE_SERVER_SETUP/],
    ],
    [
      "a database that is not there",
      { DATABASE_URL: "postgres://sotto:hush-hush@127.0.0.1:9/sotto" },
      [/127\.0\.0\.1/],
    ],
  ])("%s", async (_name, env, patterns) => {
    const { code, output } = await refusedStart(env);
    expect(code).toBe(1);
    for (const pattern of patterns) expect(output).toMatch(pattern);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain("hush-hush");
  });

  test("a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    await using database = await createTestPlace("pglite");
    const dataDir = "dataDir" in database.place ? database.place.dataDir : folder;
    const { code, output } = await refusedStart({ PORT: port, DATA_DIR: dataDir });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(port);
    expect(output).toMatch(/in use/);
  });

  test("a data directory that another server has, named by its process", async () => {
    const { code, output } = await refusedStart({ DATA_DIR: server.dataDir });
    expect(code).toBe(1);
    expect(output).toMatch(/process \d+/);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

/** As it travels, where the browser takes gzip. */
async function downloadBytes(path: string): Promise<number> {
  const response = await fetch(new URL(path, server.url), { headers: { "accept-encoding": "gzip" } });
  return Number(response.headers.get("content-length"));
}

describe("a running server", () => {
  test("keeps its secrets in a file that only its owner can read", async () => {
    const path = join(server.dataDir, "secrets.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, "utf8"))).toHaveProperty("jwtSecret");
  });

  test("serves the built app compressed, at most 200 kB of script for the first load", async () => {
    const page = await (await fetch(server.url)).text();
    const first = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1] ?? "");
    const mainPath = first.find((path) => path.includes("/index-")) ?? "";
    const main = await (await fetch(new URL(mainPath, server.url))).text();
    const worker = /\/?assets\/[\w-]*worker[\w-]*\.js/.exec(main)?.[0] ?? "";
    expect(worker).not.toBe("");
    const sizes = await Promise.all([...first, worker].map(downloadBytes));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(200_000);
  });

  test("stops on SIGTERM with exit code 0 and starts again on its data", async () => {
    expect(await server.stop()).toBe(0);
    await server.start();
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
