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

/** An answer that comes piece by piece, when the test says so. */
function startAnswer() {
  let pipe: ReadableStreamDefaultController<Uint8Array> | undefined;
  const answer: typeof fetch = async (_input, init) => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (pipe = controller) });
    init?.signal?.addEventListener("abort", () => pipe?.error(new Error("aborted")));
    return new Response(body, { headers: { "content-type": "application/json" } });
  };
  const result = createPublicApi("http://example.org", answer)
    .auth.options.query()
    .then(
      () => "answered",
      () => "failed",
    );
  const say = async (text: string, afterMs: number) => {
    await vi.advanceTimersByTimeAsync(afterMs);
    pipe?.enqueue(new TextEncoder().encode(text));
  };
  return { result, say, end: () => pipe?.close() };
}

test("an answer is waited for as long as something of it arrives", async () => {
  const { result, say, end } = startAnswer();
  for (const piece of ['[{"result"', ':{"data"', ':{"registration"', ':"open"}}}]']) await say(piece, 19_000);
  end();
  expect(await result).toBe("answered");
});

test("an answer that stops in the middle fails in time", async () => {
  const { result, say } = startAnswer();
  await say('[{"result"', 5_000);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await result).toBe("failed");
});
