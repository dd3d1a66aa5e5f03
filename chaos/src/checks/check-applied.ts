/**
 * What each client took from its feed. One commit may cover several events: the cursor then jumps to the last of them.
 * It never jumps over a message that was not announced, and never goes back. A client that was killed before the
 * cursor moved sees the messages behind it again when it comes back, in the same order: that is the contract of
 * `message` handlers. Within one life nothing comes twice, and nothing comes again once the cursor has passed it.
 */
import type { Shown } from "../journal.ts";
import type { FeedRow, FinalState } from "./final-state.ts";
import type { DeviceStory, Generation, Story } from "./story.ts";
import type { Report } from "./violation.ts";

export function checkApplied(story: Story, state: FinalState, report: Report): void {
  const seqs = new Map<string, number>();
  for (const [userId, { events }] of state.feeds) {
    for (const { messageId, seq } of events) if (messageId !== null) seqs.set(`${userId}/${messageId}`, seq);
  }
  for (const device of story.devices) {
    const events = new Map(state.feeds.get(device.userId)?.events.map((event) => [event.seq, event]));
    let end = 0;
    for (const generation of device.generations) {
      end = checkGeneration({ story, device, generation, events, seqs, report });
    }
    const lastSeq = state.feeds.get(device.userId)?.lastSeq ?? 0;
    if (device.finished && end !== lastSeq) {
      report("left-behind", `${device.device} ended at ${end} of ${lastSeq}`);
    }
  }
}

type GenerationCheck = {
  story: Story;
  device: DeviceStory;
  generation: Generation;
  events: Map<number, FeedRow>;
  seqs: Map<string, number>;
  report: Report;
};

/** Gives the number of the last event that the store of this generation held. */
function checkGeneration(check: GenerationCheck): number {
  const { story, device, generation, seqs, report } = check;
  const name = `${device.device}${generation.index > 1 ? ` (store ${generation.index})` : ""}`;
  const due = listDue(check);
  const announced = new Set<string>();
  let base: number | null = null;
  let cursor = 0;

  for (const life of generation.lives) {
    /** The last event that this life announced or that its store holds. */
    let reached = cursor;
    const inThisLife = new Set<string>();
    for (const line of life) {
      if (line.kind === "started" || line.kind === "cursor") {
        if (line.cursor === null) continue;
        const seq = checkCursor(line.cursor, name, check);
        if (base === null) base = seq;
        else checkStep({ name, cursor, seq, kind: line.kind, due, announced, report });
        cursor = seq;
        reached = Math.max(reached, seq);
      } else if (line.kind === "applied") {
        checkShown(line.message, name, story, report);
        const { id } = line.message;
        const seq = seqs.get(`${device.userId}/${id}`);
        if (inThisLife.has(id) || (announced.has(id) && (seq ?? 0) <= cursor)) {
          report("applied-twice", `${name}: ${id}`);
        } else if (base !== null && seq !== firstAfter(due, reached)?.seq) {
          report("applied-out-of-order", `${name}: ${id}, event ${seq ?? "unknown"}, after event ${reached}`);
        }
        reached = Math.max(reached, seq ?? 0);
        announced.add(id);
        inThisLife.add(id);
      }
    }
  }
  if (base !== null) {
    for (
      let next = firstAfter(due, base);
      next !== undefined && next.seq <= cursor;
      next = due[next.index + 1]
    ) {
      if (announced.has(next.id)) continue;
      report("applied-missing", `${name}: event ${next.seq}, ${next.id} (its feed began at ${base})`);
    }
  }
  return cursor;
}

/** A message that this store has to announce. */
type Due = { index: number; seq: number; id: string };

/** In feed order: every message but what this store sent itself. */
function listDue({ story, device, generation, events }: GenerationCheck): Due[] {
  const due: Due[] = [];
  for (const { seq, messageId } of events.values()) {
    if (messageId === null) continue;
    const send = story.findSendById(messageId);
    if (send?.device === device.device && send.generation === generation.index) continue;
    due.push({ index: due.length, seq, id: messageId });
  }
  return due;
}

function firstAfter(due: readonly Due[], seq: number): Due | undefined {
  let low = 0;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return due[low];
}

/** A store found again may be ahead of its journal: the process died between the commit and the line about it. */
function checkStep(step: {
  name: string;
  cursor: number;
  seq: number;
  kind: "started" | "cursor";
  due: readonly Due[];
  announced: ReadonlySet<string>;
  report: Report;
}): void {
  const { name, cursor, seq, kind, due, announced, report } = step;
  const found = kind === "started" ? ", found in its store" : "";
  if (seq < cursor || (seq === cursor && kind === "cursor")) {
    report("applied-repeat", `${name}: event ${seq} after ${cursor}${found}`);
  }
  // Of one single event `applied-missing` tells.
  if (seq <= cursor + 1) return;
  for (
    let next = firstAfter(due, cursor);
    next !== undefined && next.seq <= seq;
    next = due[next.index + 1]
  ) {
    if (announced.has(next.id)) continue;
    report("applied-hole", `${name}: event ${seq} after ${cursor}${found}, over ${next.id}`);
    return;
  }
}

function checkCursor(cursor: string, name: string, { events, report }: GenerationCheck): number {
  const [text = "", tag] = cursor.split(".");
  const seq = Number(text);
  if (seq !== 0 && events.get(seq)?.tag !== tag) {
    report("applied-other-feed", `${name}: ${cursor}, the database has ${events.get(seq)?.tag ?? "nothing"}`);
  }
  return seq;
}

/** What a client shows is what was sent. */
export function checkShown(message: Shown, name: string, story: Story, report: Report): void {
  const send = story.findSendOf(message);
  if (message.complaint !== undefined) {
    const origin = send === undefined ? "unknown origin" : `${send.device} number ${send.number}`;
    report("complaint", `${name}: ${message.id} of ${origin} ${message.complaint}`);
  }
  if (send === undefined) {
    report("never-sent", `${name} shows ${message.id}`);
  } else if (
    message.text !== send.text ||
    message.senderId !== send.userId ||
    message.conversationId !== send.conversationId
  ) {
    report("shown-differently", `${name}: ${message.id} of ${send.device} number ${send.number}`);
  }
}
