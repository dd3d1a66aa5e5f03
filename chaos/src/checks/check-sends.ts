import { inOrder, type FinalState } from "./final-state.ts";
import type { Story } from "./story.ts";
import type { Report } from "./violation.ts";

/**
 * A send may fail while nobody is signed in, and when its session ends before it went out; also where the conversation
 * is not known to the device yet and there is nobody to ask. Whether the session should have ended: `check-sessions.ts`.
 */
const passingFailures = new Set(["closed", "not-signed-in", "session-ended", "offline", "unavailable"]);

/** What was sent against what is stored: nothing lost, nothing twice, nothing altered, nothing out of order. */
export function checkSends(story: Story, state: FinalState, report: Report): void {
  const stored = new Map(state.messages.map((message) => [message.id, message]));
  for (const send of story.sends) {
    const name = `${send.device} number ${send.number}`;
    if (send.failed !== null && !passingFailures.has(send.failed.reason)) {
      report("refused", `${name}: ${send.failed.reason} ${send.failed.said}`);
    }
    if (send.ids.size > 1) report("sent-twice", `${name} is ${[...send.ids].join(" and ")}`);
    if (send.acknowledged === null) continue;
    const { id, createdAt } = send.acknowledged;
    const message = stored.get(id);
    if (message === undefined) {
      report("acknowledged-lost", `${name}, acknowledged as ${id}`);
    } else if (
      message.conversationId !== send.conversationId ||
      message.senderId !== send.userId ||
      message.createdAt !== createdAt
    ) {
      report("stored-differently", `${name}, ${id}: acknowledged ${createdAt}, stored ${message.createdAt}`);
    }
  }
  checkOrder(story, state, report);
}

/** Numbers of one device in one conversation rise in the order that everybody sees. */
function checkOrder(story: Story, state: FinalState, report: Report): void {
  const last = new Map<string, number>();
  const allSeen = story.devices.every(({ finished }) => finished);
  for (const message of inOrder(state.messages)) {
    const send = story.findSendById(message.id);
    if (send === undefined) {
      // Nobody got an acknowledgement for it, and no history shows it.
      if (allSeen) report("never-sent", `${message.id} of ${message.senderId}`);
      continue;
    }
    const key = `${message.conversationId}/${send.device}`;
    const before = last.get(key) ?? -1;
    if (send.number < before) {
      report("sender-order", `${send.device} number ${send.number} (${message.id}) behind ${before}`);
    }
    last.set(key, Math.max(before, send.number));
  }
}
