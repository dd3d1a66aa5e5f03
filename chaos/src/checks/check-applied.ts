/**
 * What each client took from its feed. A client that was killed while a `message` handler ran sees that message again
 * when it comes back: the cursor moves only after the handlers. So a message may be announced a second time exactly
 * where it was the last one before a kill and is the first one after it. Nothing else may come twice.
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
  let base: number | null = null;
  let last = 0;
  const announced = new Set<string>();
  /** The last message before this life began; null once this life announced one. */
  let mayRepeat: string | null = null;
  let newest: string | null = null;

  for (const life of generation.lives) {
    mayRepeat = newest;
    for (const line of life) {
      if (line.kind === "started" || line.kind === "cursor") {
        if (line.cursor === null) continue;
        const seq = checkCursor(line.cursor, name, check);
        if (base === null) base = seq;
        else checkStep(name, last, seq, line.kind, report);
        last = seq;
      } else if (line.kind === "applied") {
        checkShown(line.message, name, story, report);
        const { id } = line.message;
        const repeat = announced.has(id);
        if (repeat && mayRepeat !== id) report("applied-twice", `${name}: ${id}`);
        const seq = seqs.get(`${device.userId}/${id}`);
        if (!repeat && base !== null && seq !== last + 1) {
          report("applied-out-of-order", `${name}: ${id}, event ${seq ?? "unknown"}, after event ${last}`);
        }
        announced.add(id);
        newest = id;
        mayRepeat = null;
      }
    }
  }
  if (base !== null) checkComplete(check, name, { base, last, announced });
  return last;
}

/** A store found again may be one commit ahead of its journal: the process died between the two. */
function checkStep(
  name: string,
  last: number,
  seq: number,
  kind: "started" | "cursor",
  report: Report,
): void {
  if (seq === last + 1 || (kind === "started" && seq === last)) return;
  report(
    seq > last ? "applied-hole" : "applied-repeat",
    `${name}: event ${seq} after ${last}${kind === "started" ? ", found in its store" : ""}`,
  );
}

function checkCursor(cursor: string, name: string, { events, report }: GenerationCheck): number {
  const [text = "", tag] = cursor.split(".");
  const seq = Number(text);
  if (seq !== 0 && events.get(seq)?.tag !== tag) {
    report("applied-other-feed", `${name}: ${cursor}, the database has ${events.get(seq)?.tag ?? "nothing"}`);
  }
  return seq;
}

/** Everything between where the store began and where it ended was announced, but for what this store sent itself. */
function checkComplete(
  { story, device, generation, events, report }: GenerationCheck,
  name: string,
  { base, last, announced }: { base: number; last: number; announced: Set<string> },
): void {
  for (let seq = base + 1; seq <= last; seq += 1) {
    const messageId = events.get(seq)?.messageId ?? null;
    if (messageId === null || announced.has(messageId)) continue;
    const send = story.findSendById(messageId);
    if (send?.device === device.device && send.generation === generation.index) continue;
    report("applied-missing", `${name}: event ${seq}, ${messageId} (its feed began at ${base})`);
  }
}

/** What a client shows is what was sent. */
export function checkShown(message: Shown, name: string, story: Story, report: Report): void {
  if (message.complaint !== undefined) report("complaint", `${name}: ${message.id} ${message.complaint}`);
  const send = story.findSendOf(message);
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
