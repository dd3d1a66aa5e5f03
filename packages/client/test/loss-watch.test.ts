import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createGate } from "../src/gate.ts";
import { createLossWatch } from "../src/loss-watch.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Someone is signed in, and what the store says is said by the test. */
function createScene() {
  const scene = {
    live: "ada" as string | null,
    leaving: false,
    evicted: [] as (string | null)[],
    /** Looks that wait for their answer, and how many there ever were. */
    asked: [] as { answer: (kept: boolean) => void; fail: () => void }[],
    looks: 0,
  };
  const lose = createLossWatch({
    find: () => scene.live,
    isLeaving: () => scene.leaving,
    isKept: async () => {
      scene.looks += 1;
      const { opened, open } = createGate<boolean | null>();
      scene.asked.push({ answer: open, fail: () => open(null) });
      const kept = await opened;
      if (kept === null) throw new Error("closed");
      return kept;
    },
    evict: async () => {
      scene.evicted.push(scene.live);
      scene.live = null;
    },
  });
  const next = () => vi.waitUntil(() => scene.asked.shift(), { timeout: 5_000 });
  return { scene, lose, next };
}

test("a store that is lost again and again is looked after once at a time, and what it said before is asked anew", async () => {
  const { scene, lose, next } = createScene();
  const looking = lose();
  const first = await next();
  await Promise.all([lose(), lose(), lose()]);
  expect(scene.looks).toBe(1);
  // It was there when this was asked; it was lost after that.
  first.answer(true);
  (await next()).answer(false);
  await looking;
  expect(scene).toMatchObject({ looks: 2, evicted: ["ada"] });
});

test("a store that cannot be read is asked until it can, and one that was kept is no loss", async () => {
  const { scene, lose, next } = createScene();
  const looking = lose();
  (await next()).fail();
  (await next()).answer(true);
  await looking;
  expect(scene).toMatchObject({ looks: 2, evicted: [] });
  const again = lose();
  (await next()).answer(true);
  await again;
});

test("an answer that comes after somebody else has signed in ends nothing of theirs", async () => {
  const { scene, lose, next } = createScene();
  const looking = lose();
  const late = await next();
  scene.live = "ben";
  late.answer(false);
  (await next()).answer(true);
  await looking;
  expect(scene.evicted).toEqual([]);
});

test("a loss while somebody tries to leave is looked after when they have stayed, and is none when they have left", async () => {
  const { scene, lose, next } = createScene();
  scene.leaving = true;
  const looking = lose();
  scene.leaving = false;
  (await next()).answer(false);
  await looking;
  expect(scene.evicted).toEqual(["ada"]);

  Object.assign(scene, { live: "ben", leaving: true });
  const leaving = lose();
  scene.live = null;
  await leaving;
  expect(scene).toMatchObject({ looks: 1, evicted: ["ada"] });
});
