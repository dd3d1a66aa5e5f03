import { expect, it } from "vitest";
import type { Session } from "../src/auth/session.ts";
import { AccountTurns } from "../src/socket/account-turns.ts";
import { Turns } from "../src/socket/turns.ts";

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

it("calls in turn go one after the other, and a failed one holds up nobody", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const call = (name: string) =>
    turns.take(null, async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    });
  const failed = turns.take(null, () => Promise.reject(new Error("broken")));
  await Promise.all([expect(failed).rejects.toThrow("broken"), call("one"), call("two")]);
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
});

it("a socket with many calls waiting is not read until some are done", async () => {
  const gate = createGate();
  const turns = new Turns();
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 20 }, () =>
    turns.take(gate, () => new Promise<void>((end) => ends.push(end))),
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
  const calls = [turns.take(quiet, () => new Promise<void>((done) => (end = done)))];
  for (let count = 0; count < 20; count += 1) calls.push(turns.take(eager, async () => {}));
  expect([quiet.isHeld(), eager.isHeld()]).toEqual([false, true]);
  end();
  await Promise.all(calls);
  expect(eager.isHeld()).toBe(false);
  expect(turns.idle).toBe(true);
});

it("one account's calls go in its own turns, several marks at a time, and nothing of it stays behind", async () => {
  const turns = new AccountTurns();
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const call = (userId: string, kind: "send" | "mark" | "accountData") => {
    const session: Session = { userId, sessionId: "any" };
    return turns.take({ socket: null }, session, kind, () => {
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
