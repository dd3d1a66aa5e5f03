import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMessenger, memoryStore } from "@sotto/client";
import { expect, test } from "vitest";
import { createProxy } from "../src/proxy.ts";
import { createRandom } from "../src/random.ts";
import { createServerProcess } from "../src/server-process.ts";

/** Ten seconds by the client's own clocks; left to itself, a socket goes on for half a minute. */
const backWithinMs = 20_000;

test("a network that swallows everything is given up within seconds, and what was written meanwhile arrives", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sotto-hole-"));
  const server = await createServerProcess({
    env: { DATA_DIR: folder },
    logFile: join(folder, "server.log"),
  });
  const proxy = createProxy(() => server.port, createRandom(1, "proxy"));
  try {
    await server.start();
    const lane = await proxy.openLane();
    const password = "violin tundra marmalade chaos";
    const ben = await createMessenger({ url: `http://127.0.0.1:${server.port}`, store: memoryStore() });
    const ada = await createMessenger({ url: lane.url, store: memoryStore() });
    await ben.signUp({ username: "ben", password });
    await ada.signUp({ username: "ada", password });
    const { id } = await ada.openDirect("ben");
    const arrived = new Promise<string>((resolve) => {
      ben.on("message", ({ text }) => resolve(text));
    });
    // It only says what changes, so this is the next connection.
    const back = new Promise<void>((resolve) => {
      ada.on("connection", (state) => {
        if (state === "online") resolve();
      });
    });

    const startMs = performance.now();
    // Its connections never answer again; new ones work, as after a change of network.
    void lane.inject("black-hole", 0);
    const sending = ada.send(id, { text: "written into the hole" });
    await back;
    expect(performance.now() - startMs).toBeLessThan(backWithinMs);
    await sending;
    expect(await arrived).toBe("written into the hole");
    await Promise.all([ada.close(), ben.close()]);
  } finally {
    await proxy[Symbol.asyncDispose]();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
