import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMessenger, fileStore } from "@sotto/client";
import { createTestPlace, findFreePort } from "@sotto/db/testing";
import { parseConfig } from "@sotto/server/config";
import { type RunningServer, startServer } from "@sotto/server/start";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, sendInApp, signUpInApp, startConversation } from "../src/app.ts";
import { launchBrowser } from "../src/browser.ts";
import { type LeakyProxy, startLeakyProxy } from "../src/leaky-proxy.ts";
import { collect, signUp } from "../src/people.ts";

let place: Awaited<ReturnType<typeof createTestPlace>>;
let folder = "";
let server: RunningServer;
let proxy: LeakyProxy;
beforeAll(async () => {
  place = await createTestPlace("postgres");
  folder = await mkdtemp(join(tmpdir(), "sotto-renewals-"));
  const port = await findFreePort();
  proxy = await startLeakyProxy(`http://localhost:${port}`);
  const origins = `http://localhost:${port},${proxy.url}`;
  const env = { PORT: String(port), PUBLIC_ORIGIN: origins, RATE_LIMITS: "off", LOG_LEVEL: "silent" };
  const databaseUrl = "databaseUrl" in place.place ? place.place.databaseUrl : "";
  // Each connection needs a renewal, and none comes in time to be forgiven.
  const timings = { refreshGraceMs: 0, accessMs: 60_000 };
  server = await startServer(parseConfig({ ...env, DATA_DIR: folder, DATABASE_URL: databaseUrl }), {
    timings,
  });
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

test("a browser that hears no answer, before a reload and after it, stays signed in and sends what was written", async () => {
  await using kim = await signUp(server.url, "kim");
  const arrived = collect(kim, "message");
  await using browser = await launchBrowser();
  const page = await openApp(await browser.newContext(), proxy.url);
  await signUpInApp(page, "leo");
  await startConversation(page, "kim");
  await sendInApp(page, "before the tunnel");
  await arrived.until(({ length }) => length === 1);

  const lostBefore = proxy.lost;
  proxy.lose("auth.refresh");
  proxy.cut();
  await expect.poll(() => proxy.lost, { timeout: 30_000 }).toBeGreaterThanOrEqual(lostBefore + 2);
  await sendInApp(page, "written in the tunnel");
  await page.getByText("Queued").first().waitFor({ state: "attached" });
  await page.reload();
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  const lostMeanwhile = proxy.lost;
  await expect.poll(() => proxy.lost, { timeout: 30_000 }).toBeGreaterThanOrEqual(lostMeanwhile + 2);
  proxy.lose(null);
  await arrived.until(({ length }) => length === 2);
  proxy.cut();
  await sendInApp(page, "after it");
  await arrived.until(({ length }) => length === 3);
  expect(arrived.seen.map(({ text }) => text)).toEqual([
    "before the tunnel",
    "written in the tunnel",
    "after it",
  ]);
});
