import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMessenger, fileStore } from "@sotto/client";
import { createTestPlace } from "@sotto/db/testing";
import { parseConfig } from "@sotto/server/config";
import { type RunningServer, startServer } from "@sotto/server/start";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LeakyProxy, startLeakyProxy } from "../src/leaky-proxy.ts";
import { collect, signUp } from "../src/people.ts";

let place: Awaited<ReturnType<typeof createTestPlace>>;
let folder = "";
let server: RunningServer;
let proxy: LeakyProxy;
beforeAll(async () => {
  place = await createTestPlace("postgres");
  folder = await mkdtemp(join(tmpdir(), "sotto-renewals-"));
  const env = { PORT: "0", RATE_LIMITS: "off", LOG_LEVEL: "silent", DATA_DIR: folder };
  const databaseUrl = "databaseUrl" in place.place ? place.place.databaseUrl : "";
  // Each connection needs a renewal, and none comes in time to be forgiven.
  const timings = { refreshGraceMs: 0, accessMs: 60_000 };
  server = await startServer(parseConfig({ ...env, DATABASE_URL: databaseUrl }), { timings });
  proxy = await startLeakyProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server.stop();
  await place[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("whoever hears no answer to any of several renewals stays signed in and loses no unsent message", async () => {
  await using ida = await signUp(server.url, "ida");
  const path = join(folder, "jon");
  const jon = await signUp(proxy.url, "jon", fileStore(path));
  const sessions = collect(jon, "session");
  const arrived = collect(ida, "message");
  const chat = await jon.openDirect("ida");

  const states = collect(jon, "connection");
  proxy.lose("auth.refresh");
  proxy.cut();
  await states.until((seen) => seen.includes("offline"));
  const queued = collect(jon, "messages");
  const unsent = jon.send(chat.id, { text: "written in the tunnel" }).catch(() => undefined);
  await queued.until(({ length }) => length > 0);
  await expect.poll(() => proxy.lost, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
  await jon.close();
  await unsent;

  // The program is started anew, loses answers again, and gets out of the tunnel.
  const lostBefore = proxy.lost;
  const again = await createMessenger({ url: proxy.url, store: fileStore(path) });
  const sessionsAgain = collect(again, "session");
  await expect.poll(() => proxy.lost, { timeout: 20_000 }).toBeGreaterThanOrEqual(lostBefore + 2);
  proxy.lose(null);
  await arrived.until((seen) => seen.some(({ text }) => text === "written in the tunnel"));
  expect(again.user?.username).toBe("jon");
  expect([...sessions.seen, ...sessionsAgain.seen]).toEqual([]);

  proxy.cut();
  await again.send(chat.id, { text: "and after it" });
  await arrived.until((seen) => seen.some(({ text }) => text === "and after it"));
  expect(arrived.seen.map(({ text }) => text)).toEqual(["written in the tunnel", "and after it"]);
  await again.close();
});
