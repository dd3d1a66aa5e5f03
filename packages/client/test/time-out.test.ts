import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createPublicApi } from "../src/api.ts";

/** Takes connections, and what is written to them, and never says anything. */
const blackHole = createServer(() => undefined);
let url = "";
beforeAll(async () => {
  blackHole.listen(0, "127.0.0.1");
  await once(blackHole, "listening");
  const address = blackHole.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterAll(() => {
  vi.useRealTimers();
  blackHole.close();
});

test.each([
  ["refresh", 4_000],
  ["options", 20_000],
] as const)("a call that nobody answers fails in time: auth.%s after %i ms", async (name, timeoutMs) => {
  const { auth } = createPublicApi(url, fetch);
  let failed = false;
  const call = (name === "refresh" ? auth.refresh.mutate() : auth.options.query()).catch(() => {
    failed = true;
  });
  await vi.advanceTimersByTimeAsync(timeoutMs - 100);
  expect(failed).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  await call;
  expect(failed).toBe(true);
});
