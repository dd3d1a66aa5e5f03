import { expect, it } from "vitest";
import type { Session } from "../src/auth/session.ts";
import { AccountTurns } from "../src/socket/account-turns.ts";
import { mostWaitingOverHttp, Turns } from "../src/socket/turns.ts";

function createGate() {
  let holds = 0;
  return {
    isHeld: () => holds > 0,
    hold() {
      holds += 1;
      return () => {
        holds -= 1;
      };
    },
  };
}

/** A call over HTTP whose caller stays. */
const request = () => ({ left: new AbortController().signal });

it("calls in turn go one after the other, and a failed one holds up nobody", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const call = (name: string) =>
    turns.take(request(), async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    });
  const failed = turns.take(request(), () => Promise.reject(new Error("broken")));
  await Promise.all([expect(failed).rejects.toThrow("broken"), call("one"), call("two")]);
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
});

it("a socket with many calls waiting is not read until some are done", async () => {
  const gate = createGate();
  const turns = new Turns();
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 20 }, () =>
    turns.take({ gate }, () => new Promise<void>((end) => ends.push(end))),
  );
  expect(gate.isHeld()).toBe(true);
  const held: boolean[] = [];
  for (const [index, call] of calls.entries()) {
    await expect.poll(() => ends.length).toBe(index + 1);
    ends[index]?.();
    await call;
    held.push(gate.isHeld());
  }
  expect(held).toEqual(held.map((_, index) => index < 11));
});

it("of several sockets only those that add to what waits are not read", async () => {
  const turns = new Turns();
  const [quiet, eager] = [createGate(), createGate()];
  let end = () => {};
  const calls = [turns.take({ gate: quiet }, () => new Promise<void>((done) => (end = done)))];
  for (let count = 0; count < 20; count += 1) calls.push(turns.take({ gate: eager }, async () => {}));
  expect([quiet.isHeld(), eager.isHeld()]).toEqual([false, true]);
  end();
  await Promise.all(calls);
  expect(eager.isHeld()).toBe(false);
  expect(turns.idle).toBe(true);
});

it("a request that would wait behind many is refused, and one that the caller left neither waits nor is carried out", async () => {
  const turns = new Turns();
  const gate = createGate();
  const carriedOut: string[] = [];
  let end = () => {};
  const calls = [turns.take(request(), () => new Promise<void>((done) => (end = done)))];
  const leaving = new AbortController();
  const call = (name: string, left = request().left) =>
    turns.take({ left }, async () => void carriedOut.push(name));
  const abandoned = call("abandoned", leaving.signal);
  const names = Array.from({ length: mostWaitingOverHttp - 1 }, (_, index) => `request ${index}`);
  calls.push(...names.map((name) => call(name)));
  await expect(call("one too many")).rejects.toMatchObject({ reason: "rate-limited" });
  // What waits over HTTP takes no place from a socket.
  calls.push(turns.take({ gate }, async () => void carriedOut.push("socket")));
  expect(gate.isHeld()).toBe(true);
  leaving.abort();
  await expect(abandoned).rejects.toMatchObject({ reason: "unavailable" });
  await expect(call("too late", leaving.signal)).rejects.toMatchObject({ reason: "unavailable" });
  calls.push(call("in the place that became free"));
  end();
  await Promise.all(calls);
  expect(carriedOut).toEqual([...names, "socket", "in the place that became free"]);
  expect([gate.isHeld(), turns.idle]).toEqual([false, true]);
});

it("a socket is read again when those who waited with it have gone", async () => {
  const turns = new Turns();
  const gate = createGate();
  let end = () => {};
  const running = turns.take(request(), () => new Promise<void>((done) => (end = done)));
  const leaving = new AbortController();
  const abandoned = Array.from({ length: 8 }, () => turns.take({ left: leaving.signal }, async () => {}));
  const waiting = turns.take({ gate }, async () => {});
  expect(gate.isHeld()).toBe(true);
  leaving.abort();
  await Promise.allSettled(abandoned);
  expect(gate.isHeld()).toBe(false);
  end();
  await Promise.all([running, waiting]);
});

it("one account's calls go in its own turns, several marks at a time, and nothing of it stays behind", async () => {
  const turns = new AccountTurns();
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const call = (userId: string, kind: "send" | "mark" | "accountData") => {
    const session: Session = { userId, sessionId: "any" };
    return turns.take({ socket: null, http: request() }, session, kind, () => {
      begun.push(`${kind} of ${userId}`);
      return new Promise<void>((end) => ends.push(end));
    });
  };
  const calls = [call("ada", "send"), call("ada", "send"), call("ben", "send"), call("ada", "accountData")];
  calls.push(...Array.from({ length: 9 }, () => call("ada", "mark")));
  const marks = Array.from({ length: 8 }, () => "mark of ada");
  expect(begun).toEqual(["send of ada", "send of ben", "accountData of ada", ...marks]);
  while (begun.length < calls.length || ends.length > 0) {
    ends.shift()?.();
    await Promise.resolve();
  }
  await Promise.all(calls);
  expect(turns.size).toBe(0);
});
