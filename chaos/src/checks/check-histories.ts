/** What each client shows in the end, against the database: the same messages, once, in order, with the same marks. */
import type { Shown } from "../journal.ts";
import { checkShown } from "./check-applied.ts";
import { inOrder, type FinalState, type StoredMessage } from "./final-state.ts";
import type { DeviceStory, Story } from "./story.ts";
import type { Report } from "./violation.ts";

export function checkHistories(story: Story, state: FinalState, report: Report): void {
  const byUser = new Map<string, StoredMessage[]>();
  for (const message of inOrder(state.messages)) {
    for (const userId of new Set([message.senderId, message.recipientId])) {
      const own = byUser.get(userId) ?? [];
      own.push(message);
      byUser.set(userId, own);
    }
  }
  for (const device of story.devices) {
    if (device.finished) checkDevice(device, byUser.get(device.userId) ?? [], story, report);
  }
  const reached = new Set(story.devices.filter(({ finished }) => finished).map(({ userId }) => userId));
  for (const { id, recipientId, delivered } of state.messages) {
    if (!delivered && reached.has(recipientId)) report("never-delivered", id);
  }
}

function checkDevice(
  { device, userId, generations }: DeviceStory,
  expected: readonly StoredMessage[],
  story: Story,
  report: Report,
): void {
  const places = new Map(expected.map((message, index) => [message.id, { message, index }]));
  const shown = new Set<string>();
  /** Histories are newest first: the place of the one shown before, by conversation. */
  const newer = new Map<string, number>();
  const lines = generations.at(-1)?.lives.at(-1) ?? [];
  for (const message of lines.flatMap((line) => (line.kind === "history" ? line.messages : []))) {
    checkShown(message, device, story, report);
    if (message.state === "queued") report("left-queued", `${device}: ${message.id}`);
    // Its call may have been made in an earlier life: then nobody was there to be told.
    if (message.state === "refused") report("refused", `${device}: ${message.id} ${message.refusal ?? ""}`);
    if (message.state === "queued" || message.state === "refused") continue;
    if (shown.has(message.id)) report("history-doubled", `${device}: ${message.id}`);
    shown.add(message.id);
    const place = places.get(message.id);
    if (place === undefined) {
      report("never-sent", `${device} has ${message.id}, the database has not`);
      continue;
    }
    const after = newer.get(message.conversationId) ?? Number.POSITIVE_INFINITY;
    if (place.index > after) report("history-order", `${device}: ${message.id}`);
    newer.set(message.conversationId, place.index);
    checkMark(device, userId, message, place.message, report);
  }
  for (const { id } of expected) {
    if (!shown.has(id)) report("history-missing", `${device}: ${id}`);
  }
}

function checkMark(
  device: string,
  userId: string,
  shown: Shown,
  stored: StoredMessage,
  report: Report,
): void {
  const own = stored.senderId === userId;
  const expected = stored.read ? "read" : stored.delivered ? "delivered" : "sent";
  // A device may count a message as unread a moment longer than the database; it may not count it as read too early.
  const wrong = own ? shown.state !== expected : shown.state === "read" && !stored.read;
  if (wrong) {
    report("mark-differs", `${device}: ${shown.id} is shown as ${shown.state}, stored as ${expected}`);
  }
}
