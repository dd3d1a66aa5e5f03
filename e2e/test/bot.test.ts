import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, password, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

const root = new URL("../..", import.meta.url);

/** The block of the README that begins with `// bot.ts`. */
async function readBot(): Promise<string> {
  const readme = await readFile(new URL("README.md", root), "utf8");
  const bot = /```ts\n(\/\/ bot\.ts[\s\S]*?)```/.exec(readme)?.[1];
  if (bot === undefined) throw new Error("The README shows no bot.ts.");
  return bot;
}

test("the bot of the README fits in 15 lines and answers every message, also those that came while it was down", async () => {
  const bot = await readBot();
  expect(bot.trimEnd().split("\n").length).toBeLessThanOrEqual(15);

  await using server = await startServerProcess("pglite");
  await (await signUp(server.url, "bot")).close();
  await using ada = await signUp(server.url, "ada");
  const folder = await mkdtemp(join(import.meta.dirname, "bot-"));
  await writeFile(join(folder, "bot.ts"), bot);

  const start = () =>
    spawn(process.execPath, ["--import", "tsx", join(folder, "bot.ts")], {
      cwd: root,
      env: {
        ...process.env,
        SOTTO_URL: server.url,
        SOTTO_NAME: "bot",
        SOTTO_PASSWORD: password,
        SOTTO_STORE: join(folder, "bot.store"),
      },
      stdio: "inherit",
    });

  const answers = collect(ada, "message");
  const chat = await ada.openDirect("bot");
  const online = collect(ada, "receipt");
  let process1 = start();
  await ada.send(chat.id, { text: "are you there?" });
  // A message from before the bot's first start is history to it: talk until it listens.
  const knocking = setInterval(() => void ada.send(chat.id, { text: "hello?" }), 500);
  await answers.until(({ length }) => length > 0);
  clearInterval(knocking);
  expect(online.seen.length).toBeGreaterThan(0);
  process1.kill("SIGKILL");
  await once(process1, "exit");

  const before = answers.seen.length;
  await ada.send(chat.id, { text: "and while you slept?" });
  process1 = start();
  await answers.until((seen) => seen.slice(before).some(({ text }) => text.includes("while you slept")));
  process1.kill("SIGTERM");
  await once(process1, "exit");
  await rm(folder, { recursive: true });
});
