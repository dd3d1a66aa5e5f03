import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAccountData } from "../src/account-data.ts";
import type { Api } from "../src/api.ts";
import { createGate } from "../src/gate.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function person(id: string) {
  return { id, username: id, publicKey: encodeBase64(generateKeyPair().publicKey) };
}

/** Ada's account data with a server that keeps it; `onPut` and `onGet` are what happens before it answers. */
function start(
  onPut: (times: number) => Promise<void>,
  onGet: () => Promise<void> = () => Promise.resolve(),
) {
  let stored: { version: number; sealed: string | null } = { version: 0, sealed: null };
  let times = 0;
  const warnings: string[] = [];
  const put = async ({ version, sealed }: { version: number; sealed: string }) => {
    times += 1;
    const before = stored;
    stored = { version: version + 1, sealed };
    try {
      await onPut(times);
    } catch (error) {
      stored = before;
      throw error;
    }
  };
  const get = async () => {
    const answer = stored;
    await onGet();
    return answer;
  };
  const api = {
    account: { get: { query: get }, put: { mutate: put } },
  } as unknown as Api;
  const accountData = createAccountData({
    store: memoryStore(),
    api,
    userId: "ada",
    secretKey: generateKeyPair().secretKey,
    onRolledBack: () => warnings.push("rolled back"),
    onChanged: () => undefined,
    isOnline: () => true,
  });
  return { accountData, warnings, times: () => times, version: () => stored.version };
}

test("who is met while the server is slow to store something is met at once, and goes up with the next one", async () => {
  const gate = createGate();
  const { accountData, version } = start((times) => (times === 1 ? gate.opened : Promise.resolve()));
  await accountData.observe([person("ben")]);
  await accountData.observe([person("cleo")]);
  await accountData.pull();
  expect(Object.keys(accountData.pins)).toEqual(["ben", "cleo"]);
  gate.open();
  await accountData.push();
  expect(version()).toBe(2);
});

test("its own version that is announced before the answer came is neither stored again nor taken for a rollback", async () => {
  const { accountData, warnings, times, version } = start(() => accountData.pull());
  await accountData.observe([person("ben")]);
  await accountData.push();
  expect([times(), version(), warnings]).toEqual([1, 1, []]);
});

test("an answer from before something was stored here does not count as a rollback", async () => {
  const asked = createGate();
  const { accountData, warnings, version } = start(
    () => Promise.resolve(),
    () => asked.opened,
  );
  await accountData.observe([person("ben")]);
  await accountData.push();
  await accountData.observe([person("cleo")]);
  const pulled = accountData.pull();
  await accountData.push();
  asked.open();
  await pulled;
  expect([warnings, version()]).toEqual([[], 2]);
});

test("what could not be stored is tried again by itself while the device is online", async () => {
  const again = createGate();
  const { accountData, version } = start(async (times) => {
    if (times === 1) throw new Error("no answer");
    again.open();
  });
  await accountData.observe([person("ben")]);
  await again.opened;
  await accountData.push();
  expect(version()).toBe(1);
  accountData.close();
});
