import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Api, createApi } from "../src/api.ts";
import { serverReason } from "../src/errors.ts";
import { createCookieJar, createSession } from "../src/session.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import { grantOf } from "./grant.ts";

let close: () => void = () => undefined;
afterEach(() => close());

/** A server that takes some access tokens and not others, and a device that believes its first one to be good. */
async function start(isGood: (token: string) => boolean) {
  let refreshes = 0;
  const calls: { token: string; count: number }[] = [];
  const server = createServer((req, res) => {
    const token = req.headers.authorization?.slice("Bearer ".length) ?? "";
    const count = (req.url ?? "").split("?")[0]?.split(",").length ?? 0;
    calls.push({ token, count });
    const error = { message: "Sign in first.", code: -32_001, data: { reason: "not-signed-in" } };
    const answer = isGood(token) ? { result: { data: token } } : { error };
    res.setHeader("content-type", "application/json");
    res.end(JSON.stringify(Array.from({ length: count }, () => answer)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => server.close();
  const session = createSession(memoryStore(), createCookieJar(), () => undefined);
  const refresh = async () => {
    refreshes += 1;
    return grantOf(refreshes);
  };
  session.use({ auth: { refresh: { mutate: refresh } } } as unknown as Api);
  session.keep(grantOf(0));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const noSocket = () => () => {
    throw new Error("These calls go over HTTP.");
  };
  return { api: createApi(url, fetch, session, noSocket), calls, refreshes: () => refreshes };
}

test("calls with a token that ran out while the device slept are made again with a fresh one", async () => {
  const { api, calls, refreshes } = await start((token) => token === "token-1");
  const answers = await Promise.all([api.auth.sessions.query(), api.account.get.query()]);
  expect(answers).toEqual(["token-1", "token-1"]);
  expect(calls).toEqual([
    { token: "token-0", count: 2 },
    { token: "token-1", count: 2 },
  ]);
  expect(refreshes()).toBe(1);
});

test("a call that is refused with a fresh token as well is not made a third time", async () => {
  const { api, calls } = await start(() => false);
  const error: unknown = await api.auth.sessions.query().catch((reason: unknown) => reason);
  expect(serverReason(error)).toBe("not-signed-in");
  expect(calls.map(({ token }) => token)).toEqual(["token-0", "token-1"]);
});
