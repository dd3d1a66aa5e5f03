/**
 * Judges a run by what the clients wrote down and what the database holds. Pure: the same logs give the same verdict,
 * and the tests feed it histories that never should have happened.
 */
import { checkApplied } from "./checks/check-applied.ts";
import { checkFeeds } from "./checks/check-feeds.ts";
import { checkHistories } from "./checks/check-histories.ts";
import { checkReceipts } from "./checks/check-receipts.ts";
import { checkSessions } from "./checks/check-sessions.ts";
import { checkSends } from "./checks/check-sends.ts";
import type { FinalState } from "./checks/final-state.ts";
import { readStory } from "./checks/story.ts";
import type { Violation, ViolationKind } from "./checks/violation.ts";
import type { DeviceLog } from "./journal.ts";

export type Verdict = {
  violations: Violation[];
  counts: {
    invoked: number;
    acknowledged: number;
    stored: number;
    /** Announcements by `message` events. */
    applied: number;
    /** Announced again after a kill in the middle of a handler, as the contract says. */
    repeatedAfterKill: number;
    receipts: number;
    events: number;
  };
};

export function checkRun(input: {
  logs: readonly DeviceLog[];
  state: FinalState;
  /** What was seen beside logs and database: secrets found, processes that died. */
  seen?: readonly Violation[];
}): Verdict {
  const { logs, state } = input;
  const violations: Violation[] = [...(input.seen ?? [])];
  const report = (kind: ViolationKind, detail: string) => violations.push({ kind, detail });
  const story = readStory(logs);

  checkSends(story, state, report);
  checkSessions(story, report);
  checkFeeds(state, report);
  checkApplied(story, state, report);
  checkReceipts(story, state, report);
  checkHistories(story, state, report);

  const lines = logs.flatMap(({ lives }) => lives.flat());
  const applied = lines.filter((line) => line.kind === "applied").length;
  return {
    violations,
    counts: {
      invoked: story.sends.length,
      acknowledged: story.sends.filter(({ acknowledged }) => acknowledged !== null).length,
      stored: state.messages.length,
      applied,
      repeatedAfterKill: countRepeats(logs),
      receipts: lines.filter((line) => line.kind === "receipt").length,
      events: [...state.feeds.values()].reduce((sum, { events }) => sum + events.length, 0),
    },
  };
}

function countRepeats(logs: readonly DeviceLog[]): number {
  let repeats = 0;
  for (const { lives } of logs) {
    const announced = new Set<string>();
    for (const line of lives.flat()) {
      if (line.kind === "erased") announced.clear();
      if (line.kind !== "applied") continue;
      if (announced.has(line.message.id)) repeats += 1;
      announced.add(line.message.id);
    }
  }
  return repeats;
}
