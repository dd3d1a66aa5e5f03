import { expect, it } from "vitest";
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
  const turns = new Turns(createGate());
  const order: string[] = [];
  const call = (name: string) =>
    turns.take(async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    });
  const failed = turns.take(() => Promise.reject(new Error("broken")));
  await Promise.all([expect(failed).rejects.toThrow("broken"), call("one"), call("two")]);
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
});

it("a socket with many calls waiting is not read until some are done", async () => {
  const gate = createGate();
  const turns = new Turns(gate);
  const ends: (() => void)[] = [];
  const calls = Array.from({ length: 20 }, () =>
    turns.take(() => new Promise<void>((end) => ends.push(end))),
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
