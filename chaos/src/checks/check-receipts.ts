import type { FinalState } from "./final-state.ts";
import type { Story } from "./story.ts";
import type { Report } from "./violation.ts";

const ranks = { delivered: 1, read: 2 } as const;

/** Receipts only go forward, each once, and only for messages that were sent. */
export function checkReceipts(story: Story, state: FinalState, report: Report): void {
  const stored = new Map(state.messages.map((message) => [message.id, message]));
  for (const { device, userId, generations } of story.devices) {
    for (const { lives } of generations) {
      const reached = new Map<string, number>();
      for (const line of lives.flat()) {
        if (line.kind !== "receipt") continue;
        const { messageId, state: mark, userId: by } = line.receipt;
        const message = stored.get(messageId);
        if (message?.senderId !== userId || message.recipientId !== by) {
          report("receipt-unknown", `${device}: ${mark} for ${messageId} by ${by}`);
        }
        const before = reached.get(messageId) ?? 0;
        if (ranks[mark] <= before) report("receipt-backwards", `${device}: ${mark} for ${messageId}`);
        reached.set(messageId, Math.max(before, ranks[mark]));
      }
    }
  }
}
