/**
 * Takes pictures of the built app: `pnpm --filter @sotto/e2e run screenshots`. A few people talk through a real server;
 * every screen is taken wide and phone-sized, light and dark, and many from right to left. All of them go into the
 * folder that is named, or else into a temporary one; the few that the documents show go into `docs/images` as well.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpTestDatabases } from "@sotto/db/testing";
import { openApp, signUpInApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";
import { signUp } from "./people.ts";
import { createCamera, wide } from "./screens/camera.ts";
import { takeChats, takeDialogs, takeMirrored, takePalettes, takeTroubles } from "./screens/scenes.ts";
import { takeExport, takeGallery, takeSettings } from "./screens/settings-scenes.ts";
import { me, type Stage, talk } from "./screens/stage.ts";
import { startServerProcess } from "./server-process.ts";

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), "sotto-screens-")));
const takeDown = await setUpTestDatabases();
const server = await startServerProcess("postgres");
const browser = await launchBrowser([], { systemFonts: true });
const context = await browser.newContext({
  viewport: wide,
  deviceScaleFactor: 1.5,
  reducedMotion: "reduce",
  permissions: ["notifications"],
});
const page = await openApp(context, server.url);
const camera = await createCamera(page, folder);
const stage: Stage = {
  page,
  server,
  camera,
  mira: await signUp(server.url, "mira"),
  jonas: await signUp(server.url, "jonas"),
  visit: async (path) => {
    await page.goto(`${server.url}${path}`);
    await page.getByRole("navigation").getByRole("link").first().waitFor({ state: "attached" });
    await page.waitForLoadState("networkidle");
  },
};

await camera.take("sign-in");
await page.goto(`${server.url}/recover`);
await camera.take("recover");
await page.goto(server.url);
await page.getByRole("button", { name: "Create account" }).click();
await camera.take("sign-up");
await page.reload();
await signUpInApp(page, me, () => camera.take("recovery-key"));
await camera.take("welcome");
await talk(stage);
await camera.take("chat");
await camera.takeLow("chat");
const chatPath = new URL(page.url()).pathname;
await takePalettes(stage);
await takeDialogs(stage);
await page.goto(`${server.url}${chatPath}/person`);
await page.getByRole("heading", { name: "mira" }).waitFor();
await page.getByText(/\d{5}/).first().waitFor();
await camera.take("person");
await takePlaces();
await takeChats(stage);
await takeSettings(stage);
await takeGallery(stage);
await page.evaluate(`localStorage.setItem("sotto/language", "ar")`);
await takePlaces("ar-");
await takeMirrored(stage, chatPath);
await takeExport(stage, "ar-");
await page.evaluate(`localStorage.removeItem("sotto/language")`);
await takeTroubles(stage);

await stage.mira.close();
await browser[Symbol.asyncDispose]();
await server[Symbol.asyncDispose]();
await takeDown();
process.stdout.write(`${folder}\n`);

/** The screens that are found by their address, whatever the language. */
async function takePlaces(prefix = ""): Promise<void> {
  const places = {
    conversations: "/",
    settings: "/settings",
    server: "/settings/server",
    ...(prefix === "" ? {} : { chat: chatPath, person: `${chatPath}/person`, gallery: "/gallery" }),
  };
  for (const [name, path] of Object.entries(places)) {
    await stage.visit(path);
    await camera.take(`${prefix}${name}`);
  }
}
