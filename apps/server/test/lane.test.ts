import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Lane } from "../src/lib/lane.ts";

/** The database answers when the test says so. */
function createDatabase() {
  const commits: {
    items: readonly string[];
    answer: (outcomes: string[]) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const write = (items: readonly string[]) =>
    new Promise<{ outcomes: string[]; runs: [] }>((resolve, reject) => {
      commits.push({ items, answer: (outcomes) => resolve({ outcomes, runs: [] }), fail: reject });
    });
  return { commits, write, batches: () => commits.map(({ items }) => items) };
}

/** What waits for the event loop has run. */
async function turn(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** A lane with a pause of 200 ms that has begun: the first item, "a", is written. */
async function startPause() {
  const { commits, write, batches } = createDatabase();
  const lane = new Lane({ work: write, fit: () => 10, pauseMs: 200 });
  void lane.put("a");
  await turn();
  commits[0]?.answer(["1"]);
  await turn();
  return { lane, commits, batches };
}

describe("a lane of commits", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("writes at once what comes alone, and together what came meanwhile", async () => {
    const { commits, write, batches } = createDatabase();
    const lane = new Lane({ work: write, fit: (items) => items.length });
    const first = lane.put("a");
    await turn();
    expect(batches()).toEqual([["a"]]);
    const rest = [lane.put("b"), lane.put("c")];
    await turn();
    expect(batches()).toEqual([["a"]]);
    commits[0]?.answer(["stored a"]);
    expect(await first).toBe("stored a");
    await turn();
    expect(batches()).toEqual([["a"], ["b", "c"]]);
    commits[1]?.answer(["stored b", "stored c"]);
    expect(await Promise.all(rest)).toEqual(["stored b", "stored c"]);
  });

  it("is at work on the next batch before the callers of the last one go on", async () => {
    const { commits, write, batches } = createDatabase();
    const lane = new Lane({ work: write, fit: () => 1 });
    const first = lane.put("a");
    void lane.put("b");
    await turn();
    commits[0]?.answer(["done"]);
    await first;
    expect(batches()).toEqual([["a"], ["b"]]);
  });

  it("takes no more than fits", async () => {
    const { commits, write, batches } = createDatabase();
    const lane = new Lane({ work: write, fit: () => 2 });
    const all = Promise.all(["a", "b", "c"].map((item) => lane.put(item)));
    await turn();
    commits[0]?.answer(["1", "2"]);
    await turn();
    commits[1]?.answer(["3"]);
    expect(await all).toEqual(["1", "2", "3"]);
    expect(batches()).toEqual([["a", "b"], ["c"]]);
  });

  it("with a pause writes the first at once and the next ones together when it is over", async () => {
    const { lane, batches } = await startPause();
    void lane.put("b");
    vi.advanceTimersByTime(199);
    void lane.put("c");
    await turn();
    expect(batches()).toEqual([["a"]]);
    vi.advanceTimersByTime(2);
    await turn();
    expect(batches()).toEqual([["a"], ["b", "c"]]);
  });

  it("goes on without a pause with what was done in part, and answers it when it is done", async () => {
    const { commits, write, batches } = createDatabase();
    const isUnfinished = (outcome: string) => outcome === "more";
    const lane = new Lane({ work: write, fit: () => 10, pauseMs: 200, isUnfinished });
    const answers = Promise.all([lane.put("long"), lane.put("short")]);
    await turn();
    commits[0]?.answer(["more", "done"]);
    await turn();
    expect(batches()).toEqual([["long", "short"], ["long"]]);
    const closed = lane.close();
    commits[1]?.answer(["more"]);
    await turn();
    commits[2]?.answer(["done"]);
    expect(await answers).toEqual(["done", "done"]);
    await closed;
  });

  it("once it is closed waits for nobody, and has written everything", async () => {
    const { lane, commits, batches } = await startPause();
    const late = lane.put("b");
    const closed = lane.close();
    await turn();
    expect(batches()).toEqual([["a"], ["b"]]);
    commits[1]?.answer(["2"]);
    expect(await late).toBe("2");
    await closed;
  });

  it("writes one by one what the database takes offence at, and goes on", async () => {
    const { commits, write, batches } = createDatabase();
    const lane = new Lane({ work: write, fit: () => 10 });
    const answers = Promise.allSettled(["a", "bad", "c"].map((item) => lane.put(item)));
    await turn();
    const offence = Object.assign(new Error("invalid input"), { code: "22P02" });
    commits[0]?.fail(offence);
    await turn();
    commits[1]?.answer(["1"]);
    await turn();
    commits[2]?.fail(offence);
    await turn();
    commits[3]?.answer(["3"]);
    expect(await answers).toMatchObject([{ value: "1" }, { reason: offence }, { value: "3" }]);
    expect(batches()).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it("fails all of a batch at once when the database was away, and writes the next", async () => {
    const { commits, write } = createDatabase();
    const lane = new Lane({ work: write, fit: () => 10 });
    const away = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    const failed = Promise.allSettled([lane.put("a"), lane.put("b")]);
    await turn();
    commits[0]?.fail(away);
    expect(await failed).toMatchObject([{ reason: away }, { reason: away }]);
    const next = lane.put("c");
    await turn();
    commits[1]?.answer(["1"]);
    expect(await next).toBe("1");
  });
});
