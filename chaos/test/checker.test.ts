import { expect, test } from "vitest";
import { checkRun } from "../src/checker.ts";
import { violationKinds, type ViolationKind } from "../src/checks/violation.ts";
import { breakages } from "./support/breakages.ts";
import {
  bob,
  findLine,
  linesOfKind,
  makeSoundRun,
  restartAfter,
  type SoundRun,
} from "./support/sound-run.ts";

function kindsOf(run: Pick<SoundRun, "logs" | "state">): Set<ViolationKind> {
  return new Set(checkRun(run).violations.map(({ kind }) => kind));
}

test("a sound run has no violation", () => {
  expect(checkRun(makeSoundRun()).violations).toEqual([]);
});

test("what was seen beside logs and database is a violation as well", () => {
  for (const kind of ["plaintext", "unsettled", "died", "stop-failed"] as const) {
    const { violations } = checkRun({ ...makeSoundRun(), seen: [{ kind, detail: "" }] });
    expect(violations.map((violation) => violation.kind)).toEqual([kind]);
  }
});

test("every kind of violation is shown here", () => {
  const shown = [...Object.keys(breakages), "plaintext", "unsettled", "died", "stop-failed"];
  expect(shown.sort()).toEqual(Object.keys(violationKinds).sort());
});

for (const [kind, cases] of Object.entries(breakages)) {
  for (const [name, breakIt] of Object.entries(cases)) {
    test(`${kind}: ${name}`, () => {
      const run = makeSoundRun();
      breakIt(run);
      expect(kindsOf(run)).toContain(kind);
    });
  }
}

test("one commit may cover several events", () => {
  const run = makeSoundRun();
  const lines = run.linesOf("phone");
  const own = findLine(lines, (line) => line.kind === "cursor" && line.cursor.startsWith("2."));
  // Its own message, a receipt for it, and its next message.
  lines.splice(own, 1);
  const bobs = run.linesOf("bob");
  const [first] = linesOfKind(bobs, "cursor").slice(1);
  if (first === undefined) throw new Error("No such line.");
  bobs.splice(bobs.indexOf(first), 1);
  expect(checkRun(run).violations).toEqual([]);
});

test("all messages that one commit was to cover may come again after a kill, in order", () => {
  const run = makeSoundRun();
  const lines = run.linesOf("bob");
  const [first, second] = linesOfKind(lines, "applied");
  const [, cursor] = linesOfKind(lines, "cursor");
  if (first === undefined || second === undefined || cursor === undefined) throw new Error("No such line.");
  lines.splice(lines.indexOf(cursor), 1);
  restartAfter(run, "bob", lines.indexOf(second), [{ ...first }, { ...second }]);
  const { violations, counts } = checkRun(run);
  expect(violations).toEqual([]);
  expect(counts.repeatedAfterKill).toBe(2);
});

test("a message may come again as the first one after a kill if it was the last one before", () => {
  const run = makeSoundRun();
  const lines = run.linesOf("bob");
  const [, second] = linesOfKind(lines, "applied");
  if (second === undefined) throw new Error("No such line.");
  restartAfter(run, "bob", lines.indexOf(second), [{ ...second }]);
  const { violations, counts } = checkRun(run);
  expect(violations).toEqual([]);
  expect(counts.repeatedAfterKill).toBe(1);
});

test("a store may come back one event ahead of its journal", () => {
  const run = makeSoundRun();
  const lines = run.linesOf("phone");
  const at = findLine(lines, (line) => line.kind === "cursor" && line.cursor.startsWith("2."));
  const [ahead] = lines.splice(at, 1);
  if (ahead?.kind !== "cursor") throw new Error("No such line.");
  const rest = lines.splice(at);
  run.logs
    .find(({ device }) => device === "phone")
    ?.lives.push([{ kind: "started", cursor: ahead.cursor, atMs: 0 }, ...rest]);
  expect(checkRun(run).violations).toEqual([]);
});

test("a send that was dropped with its store is nobody's loss", () => {
  const run = makeSoundRun();
  run.linesOf("bob").splice(
    5,
    0,
    {
      kind: "invoked",
      number: 9,
      conversationId: "conversation",
      text: "marker bob 9",
      atMs: 0,
    },
    { kind: "failed", number: 9, reason: "closed", atMs: 0 },
  );
  expect(checkRun(run).violations).toEqual([]);
});

test("a device that was asked to leave may do so once, also after its process was killed", () => {
  const run = makeSoundRun();
  const log = run.logs.find(({ device }) => device === "bob");
  run.linesOf("bob").push({ kind: "leaving", how: "sign-out", atMs: 0 });
  log?.lives.push([
    { kind: "started", cursor: null, atMs: 0 },
    { kind: "erased", atMs: 0 },
    { kind: "signed-in", userId: bob, atMs: 0 },
  ]);
  expect(kindsOf(run)).not.toContain("signed-out-unasked");
});
