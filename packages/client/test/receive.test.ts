import { expect, test } from "vitest";
import type { Arrival } from "../src/merge.ts";
import { createLibrary } from "../src/library.ts";
import { receive } from "../src/receive.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

const conversationId = "c";

function time(number: number): string {
  return `2026-01-01T00:00:00.${String(number).padStart(6, "0")}Z`;
}

function message(number: number): Arrival {
  const place = { id: `m${number}`, conversationId, createdAt: time(number) };
  return {
    kind: "message",
    message: { ...place, senderId: "a", recipientId: "b", text: "hi", state: "unread" },
  };
}

function reactionTo(number: number): Arrival {
  return {
    kind: "action",
    conversationId,
    recipientId: "b",
    target: `m${number}`,
    action: {
      type: "reaction",
      emoji: "👍",
      id: `r${number}`,
      senderId: "a",
      createdAt: time(number + 5_000),
    },
    state: "unread",
  };
}

test("actions that wait for other messages cost an arrival nothing, and each applies when its message comes", async () => {
  const store = memoryStore();
  const library = createLibrary(store, () => []);
  const take = async (arrivals: Arrival[]) => {
    const { changes, messages } = await receive(library, conversationId, arrivals);
    await store.commit(changes);
    return { changes: changes.length, messages: [...messages.values()] };
  };
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  const alone = await take([message(1_000)]);
  await take(numbers.map(reactionTo));
  expect(await store.list({ prefix: "waiting/" })).toHaveLength(300);

  expect((await take([message(1_001)])).changes).toBe(alone.changes);
  expect((await take([reactionTo(1_002)])).changes).toBeLessThanOrEqual(3);
  const first = await take([message(0)]);
  expect(first.changes).toBe(alone.changes + 1);
  expect(first.messages[0]?.actions).toHaveLength(1);
  const rest = await take(numbers.slice(1).map(message));
  expect(rest.messages.every(({ actions }) => actions?.length === 1)).toBe(true);
  expect(await store.list({ prefix: "waiting/" })).toHaveLength(1);
});

test("all that a page needs to know is asked of the store at once", async () => {
  const asked = new Set<string>();
  let answer: (nothing: undefined) => void = () => {};
  const answered = new Promise<undefined>((resolve) => (answer = resolve));
  const find = (_conversationId: string, id: string) => {
    if (asked.add(id).size === 5) answer(undefined);
    return answered;
  };
  const source = { searchable: false, findMessage: find, findPlace: find, listWaiting: async () => [] };
  await receive(source, conversationId, [message(1), reactionTo(1), message(2), reactionTo(3)]);
  expect([...asked].sort()).toEqual(["m1", "m2", "m3", "r1", "r3"]);
});
