import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import * as opaque from "@serenity-kit/opaque";
import { createTestPlace, openAsOutsider } from "@sotto/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseConfig } from "../src/config.ts";
import { startServer } from "../src/start-server.ts";
import { reasonOf } from "./helpers/api.ts";
import { forgeEnvelope } from "./helpers/envelope.ts";
import { createInbox } from "./helpers/inbox.ts";
import { signIn, signUp } from "./helpers/person.ts";
import { startTestServer } from "./helpers/test-server.ts";

const workerEnder = new URL("helpers/worker-ender.ts", import.meta.url).href;
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

describe("starting", () => {
  let folder: string;
  let place: Awaited<ReturnType<typeof createTestPlace>>;
  let databaseUrl: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto-start-"));
    place = await createTestPlace("postgres");
    databaseUrl = "databaseUrl" in place.place ? place.place.databaseUrl : "";
  });
  afterEach(async () => {
    await place[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const configOf = (env: Record<string, string> = {}) =>
    parseConfig({ PORT: "0", LOG_LEVEL: "silent", DATABASE_URL: databaseUrl, DATA_DIR: folder, ...env });
  const start = (env?: Record<string, string>) => startServer(configOf(env));
  const secretsFile = () => join(folder, "secrets.json");

  /** Runs one server after another, as restarts do. */
  async function run<T>(env: Record<string, string>, use: (url: string) => Promise<T>): Promise<T> {
    const server = await start(env);
    try {
      return await use(server.url);
    } finally {
      await server.stop();
    }
  }

  it("makes its secrets once, for nobody else to read, and uses them again", async () => {
    const person = await run({}, (url) => signUp(url, "returning"));
    const first = await readFile(secretsFile(), "utf8");
    expect((await stat(secretsFile())).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    await chmod(secretsFile(), 0o644);
    expect(await run({}, (url) => reasonOf(signIn(url, "returning", person.password)))).toBe("answered");
    expect(await readFile(secretsFile(), "utf8")).toBe(first);
    expect((await stat(secretsFile())).mode & 0o777).toBe(0o600);
  });

  it("keeps no file of secrets that were given to it", async () => {
    await opaque.ready;
    const env = { JWT_SECRET: "x".repeat(32), OPAQUE_SERVER_SETUP: opaque.server.createSetup() };
    await run(env, async () => {});
    await expect(readFile(secretsFile())).rejects.toThrow("ENOENT");
  });

  it("agrees on one set of secrets when two servers start at once", async () => {
    const servers = await Promise.all([start(), start()]);
    const [one, two] = servers;
    const person = await signUp(one.url, "between");
    expect(await reasonOf(signIn(two.url, "between", person.password))).toBe("answered");
    await Promise.all(servers.map((server) => server.stop()));
  });

  it("refuses an OPAQUE setup that is not the database's, is missing, or is none", async () => {
    await run({}, (url) => signUp(url, "worried"));
    await opaque.ready;
    const foreign = { OPAQUE_SERVER_SETUP: opaque.server.createSetup() };
    await expect(start(foreign)).rejects.toThrow("is not the one this database was used with");
    await expect(start({ OPAQUE_SERVER_SETUP: "nonsense" })).rejects.toThrow("is not a valid one");
    await rm(secretsFile());
    await expect(start()).rejects.toThrow("The OPAQUE setup is missing");
    await expect(readFile(secretsFile())).rejects.toThrow("ENOENT");
  });

  it("refuses secrets that it cannot read, without overwriting them", async () => {
    await writeFile(secretsFile(), "{ broken");
    await expect(start()).rejects.toThrow("secrets.json can't be read");
    expect(await readFile(secretsFile(), "utf8")).toBe("{ broken");
  });

  it("says which port is in use, and leaves the database free", async () => {
    const server = await start();
    await expect(start({ PORT: String(server.port) })).rejects.toMatchObject({
      code: "port-in-use",
      message: `Port ${server.port} on 127.0.0.1 is in use. Stop what uses it, or set PORT to another one.`,
    });
    await server.stop();
  });

  it("gives a copy of the embedded database up when it stops, and leaves nothing of it", async () => {
    await using server = await startTestServer("pglite", { timings: { maintenanceMs: 50 } });
    const copying = join(server.dataDir, "snapshots", "unfinished");
    // Larger than what could be copied meanwhile.
    const large = join(server.dataDir, "database", "base", "large");
    await writeFile(large, "");
    await truncate(large, 2 ** 33);
    await expect
      .poll(() => readdir(copying).catch(() => []), { timeout: 60_000, interval: 10 })
      .toContain("base");
    const beganMs = performance.now();
    await server.stop();
    expect(performance.now() - beganMs).toBeLessThan(30_000);
    expect(await readdir(join(server.dataDir, "snapshots"))).toEqual([]);
    expect(server.log.join("")).not.toContain("could not be copied");
  });

  describe("as a process", () => {
    function launch(env: Record<string, string>, ...options: string[]) {
      const child = spawn(process.execPath, ["--import", "tsx", ...options, main], {
        env: { PATH: process.env["PATH"], PORT: "0", DATABASE_URL: databaseUrl, DATA_DIR: folder, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      return { child, errors: text(child.stderr), exited: once(child, "exit") };
    }

    it("says in one line where it is and what it survives, and stops when it is told to", async () => {
      const { child, errors, exited } = launch({ RATE_LIMITS: "off" });
      const [chunk] = (await once(child.stdout, "data")) as [Buffer];
      const line = chunk.toString("utf8");
      expect(line).toMatch(
        /^Sotto \d+\.\d+\.\d+ on http:\/\/localhost:\d+ \(postgres\)\. .+ Rate limits are off\.\n$/,
      );
      const url = /http:\S+/.exec(line)?.[0] ?? "";
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      child.kill("SIGTERM");
      expect(await exited).toEqual([0, null]);
      expect(await errors).toBe("");
    });

    it("stops with a failure when its database is gone, so that a supervisor starts it again", async () => {
      await using embedded = await createTestPlace("pglite");
      const dataDir = "dataDir" in embedded.place ? embedded.place.dataDir : "";
      const env = { DATABASE_URL: "", DATA_DIR: dataDir };
      const { child, errors, exited } = launch(env, "--import", workerEnder);
      const output = createInbox<string>();
      child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
      const [line = ""] = await output.take(1, (chunk) => chunk.includes("Sotto "));
      const url = /http:\S+/.exec(line)?.[0] ?? "";
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      child.kill("SIGUSR2");
      expect(await exited).toEqual([1, null]);
      expect(await errors).toBe("Sotto stops: its database is gone. Start it again.\n");
      expect(output.items.join("")).toContain('"level":60');
    });

    it("takes a second signal at once for the same one, and ends without waiting at a later one", async () => {
      const { child, errors, exited } = launch({});
      const output = createInbox<string>();
      child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
      const [line = ""] = await output.take(1, (chunk) => chunk.includes("Sotto "));
      const url = /http:\S+/.exec(line)?.[0] ?? "";
      const alice = await signUp(url, "alice");
      const bob = await signUp(url, "bob");
      const { id: conversationId } = await alice.api.conversations.openDirect.mutate({ username: "bob" });
      const content = forgeEnvelope(alice.user, bob.user);
      const message = {
        conversationId,
        id: randomUUID(),
        envelopes: [{ recipientId: bob.user.id, content }],
      };
      // A stop writes what was taken on, and this cannot be written.
      await using other = await openAsOutsider(databaseUrl);
      await using _held = await other.holdFeeds();
      const sent = alice.api.messages.send.mutate({ messages: [message] }).catch(() => "cut off");
      await other.someoneWaits();

      const beganMs = performance.now();
      child.kill("SIGTERM");
      const again = setInterval(() => child.kill("SIGINT"), 100);
      expect(await exited).toEqual([1, null]);
      clearInterval(again);
      expect(performance.now() - beganMs).toBeGreaterThan(900);
      expect(await errors).toBe("Sotto ends without waiting any longer: it was told to stop again.\n");
      expect(await sent).toBe("cut off");
    });

    it("refuses a data directory that another server has open", async () => {
      await using running = await startTestServer("pglite");
      const { exited, errors } = launch({ DATABASE_URL: "", DATA_DIR: running.dataDir });
      expect(await exited).toEqual([1, null]);
      const written = await errors;
      expect(written).toMatch(/^Sotto can't start\. /);
      expect(written).toContain(String(process.pid));
      expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    });

    it.each([
      [{ PORT: "http", REGISTRATION: "none" }, /PORT must be .*\n.*REGISTRATION must be /],
      [{ DATABASE_URL: "postgres://sotto:s3cr3t@127.0.0.1:1/sotto" }, /DATABASE_URL/],
      [{ NATS_URL: "nats://localhost" }, /JWT_SECRET must be given/],
    ])("ends with a sentence and no stack: %o", async (env, sentence) => {
      const { exited, errors } = launch(env);
      expect(await exited).toEqual([1, null]);
      const written = await errors;
      expect(written).toMatch(/^Sotto can't start\. /);
      expect(written).toMatch(sentence);
      expect(written).not.toContain("s3cr3t");
      expect(written).not.toContain("    at ");
    });
  });
});
