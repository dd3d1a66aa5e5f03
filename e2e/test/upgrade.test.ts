import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@sotto/db/testing";
import { parseConfig } from "@sotto/server/config";
import { startServer, type RunningServer } from "@sotto/server/start";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, signUpInApp } from "../src/app.ts";
import { launchBrowser, type TestBrowser } from "../src/browser.ts";

const builtApp = fileURLToPath(new URL("../../apps/web/dist", import.meta.url));

let folder = "";
let port = 0;
let server: RunningServer;
let browser: TestBrowser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-upgrade-"));
  port = await findFreePort();
  browser = await launchBrowser();
  server = await start(builtApp);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(webRoot: string): Promise<RunningServer> {
  const config = parseConfig({
    PORT: String(port),
    DATA_DIR: join(folder, "data"),
    RATE_LIMITS: "off",
    LOG_LEVEL: "fatal",
  });
  return startServer(config, { webRoot });
}

/** The same app as another build would be: every file under another name, and so another service worker. */
async function makeNextVersion(): Promise<string> {
  const root = join(folder, "next");
  await cp(builtApp, root, { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
  const assets = await readdir(join(root, "assets"));
  const nextName = (name: string) => name.replace(/\.(?=\w+$)/, "-next.");
  const paths = (await readdir(root, { recursive: true })).map((path) => join(root, path));
  for (const path of paths.filter((one) => /\.(?:js|css|html)$/.test(one))) {
    let text = await readFile(path, "utf8");
    for (const name of assets) text = text.replaceAll(name, nextName(name));
    await writeFile(path, text.replace('const BUILD = "', 'const BUILD = "next-'));
  }
  for (const name of assets) await rename(join(root, "assets", name), join(root, "assets", nextName(name)));
  return root;
}

test("after an upgrade a tab that was not reloaded still has all its parts, and nothing is kept once no tab needs it", async () => {
  const context = await browser.newContext();
  const first = await openApp(context, server.url);
  await signUpInApp(first, "ada");
  await first.evaluate("navigator.serviceWorker.ready.then(() => true)");
  const second = await openApp(context, server.url);
  await second.getByRole("navigation", { name: "Conversations" }).waitFor();
  const listCaches = () => second.evaluate<string[]>("caches.keys()");
  expect(await listCaches()).toHaveLength(1);

  const next = await makeNextVersion();
  await server.stop();
  server = await start(next);
  // The other tab, which nobody reloads, changes hands once the new worker has done all that it does at its start.
  await second.evaluate(`void (globalThis.handedOver = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true))))`);
  await first.reload();
  await second.evaluate("globalThis.handedOver");
  await expect
    .poll(() => first.evaluate("navigator.serviceWorker.ready.then(({ active }) => active.state)"))
    .toBe("activated");
  await second.keyboard.press("Control+k");
  await second.getByRole("combobox", { name: "Search people and messages" }).waitFor();

  await first.reload();
  await second.reload();
  await second.getByRole("navigation", { name: "Conversations" }).waitFor();
  await second.reload();
  await expect.poll(listCaches).toEqual([expect.stringContaining("next-")]);
});

test("a part that can't be loaded is said, and takes nothing else with it", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await openApp(context, server.url);
  await signUpInApp(page, "ben");
  await context.route(/later-screens/, (route) => route.abort());
  await page.keyboard.press("Control+k");
  await page.getByRole("alert").getByText("Part of Sotto could not be loaded.").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("main").getByRole("alert").waitFor();
  await page.getByRole("navigation", { name: "Conversations" }).waitFor();

  await context.unroute(/later-screens/);
  await page.getByRole("main").getByRole("button", { name: "Reload" }).click();
  await page.getByRole("heading", { name: "Settings" }).waitFor();
});
