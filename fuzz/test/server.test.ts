import { afterAll, beforeAll, expect, it } from "vitest";
import { describeFound } from "../src/report.ts";
import { fuzz } from "../src/run.ts";
import { type FuzzServer, startFuzzServer } from "../src/server/fuzz-server.ts";
import { send } from "../src/server/http.ts";
import { faultOfError, maySucceed } from "../src/server/judge.ts";
import { createServerTargets } from "../src/targets.ts";

let server: FuzzServer;
beforeAll(async () => {
  server = await startFuzzServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it.each([
  ["the same", 1, 440],
  ["a changing", Date.now() % 2 ** 32, 220],
])("a server takes inputs of %s seed, and neither lets one in nor falters", async (_, seed, inputs) => {
  const result = await fuzz(await createServerTargets(server), seed, { inputs });
  expect(result.found.flatMap((each) => describeFound(seed, each)).join("\n")).toBe("");
});

it("notices when somebody else is touched", async () => {
  expect(await server.findHarm()).toBeNull();
  await server.victim.api.account.put.mutate({ version: 0, sealed: "AAAA" });
  expect(await server.findHarm()).toMatchObject({ fault: "harmed" });
});

it("judges answers by whether the call could be answered at all", async () => {
  expect(maySucceed("auth.options", undefined, false)).toBe(true);
  expect(maySucceed("feed.head", undefined, false)).toBe(false);
  expect(maySucceed("feed.head", undefined, true)).toBe(true);
  expect(maySucceed("users.get", { userId: server.victim.user.id }, true)).toBe(true);
  expect(maySucceed("users.get", { userId: 7 }, true)).toBe(false);
  expect(maySucceed("users.nothing", undefined, true)).toBe(false);
});

it("takes only errors in the form of the protocol", async () => {
  const { text } = await send(server, { method: "GET", path: "/api/trpc/x", headers: {}, body: null });
  const { error } = JSON.parse(text) as { error: { data: object } };
  expect(faultOfError(error)).toBeNull();
  expect(faultOfError({ ...error, message: "Internal server error" })).toContain("no sentence");
  expect(faultOfError({ ...error, data: { ...error.data, reason: "internal" } })).toContain("internal");
  expect(faultOfError({ ...error, data: undefined })).toContain("without data");
});
