import type { ViolationKind } from "../../src/checks/violation.ts";
import type { Line } from "../../src/journal.ts";
import { alice, bob, findLine, linesOfKind, restartAfter, type SoundRun } from "./sound-run.ts";

/** Stored and in both feeds once more, under another id, and seen by everybody. */
function storeAgain(run: SoundRun, text: string): void {
  const original = run.storedAt(0);
  run.state.messages.push({ ...original, id: "again", createdAt: "2026-01-01T00:00:09.000000Z" });
  for (const { messages } of linesOfKind(run.linesOf("bob"), "history")) {
    const [newest] = messages;
    if (newest !== undefined) messages.unshift({ ...newest, id: "again", senderId: alice, text });
  }
}

/** For each kind of violation, what a run looks like that has it. */
export const breakages: Partial<Record<ViolationKind, Record<string, (run: SoundRun) => void>>> = {
  "acknowledged-lost": {
    "a message vanishes after its acknowledgement": ({ state }) => {
      state.messages.splice(1, 1);
    },
  },
  "stored-differently": {
    "a message is stored for another time": (run) => {
      run.storedAt(1).createdAt = "2026-01-01T00:00:01.000001Z";
    },
    "a message is stored in another conversation": (run) => {
      run.storedAt(1).conversationId = "another";
    },
    "a message is stored for another sender": (run) => {
      run.storedAt(1).senderId = bob;
    },
  },
  "sent-twice": {
    "an acknowledged send is stored under a second id": (run) => storeAgain(run, "marker phone 0"),
    "an unacknowledged send is stored under two ids": (run) => {
      const lines = run.linesOf("phone");
      lines.splice(
        findLine(lines, (line) => line.kind === "acknowledged"),
        1,
      );
      storeAgain(run, "marker phone 0");
    },
  },
  "never-sent": {
    "a text that nobody wrote": (run) => storeAgain(run, "marker phone 77"),
    "a feed names a message that is not stored": (run) => {
      const [, second] = run.feedOf(bob);
      if (second !== undefined) second.messageId = "unheard-of";
    },
    "a message that no client ever saw": (run) => {
      run.state.messages.push({ ...run.storedAt(0), id: "unseen" });
    },
  },
  "shown-differently": {
    "a text is altered": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "applied")) line.message.text += " ";
    },
    "a message is shown as another's": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "applied")) line.message.senderId = bob;
    },
    "a message is shown in another conversation": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "history"))
        for (const message of line.messages) message.conversationId = "another";
    },
  },
  "sender-order": {
    "two messages of a device change places": (run) => {
      const [first, second] = [run.storedAt(0), run.storedAt(1)];
      [first.createdAt, second.createdAt] = [second.createdAt, first.createdAt];
    },
  },
  refused: {
    "the server refuses a send": (run) => {
      run.linesOf("bob").splice(5, 0, {
        kind: "invoked",
        number: 9,
        conversationId: "conversation",
        text: "marker bob 9",
        atMs: 0,
      });
      run.linesOf("bob").splice(6, 0, { kind: "failed", number: 9, reason: "id-conflict", atMs: 0 });
    },
    "a history has a message that was refused while nobody waited for it": (run) => {
      const [page] = linesOfKind(run.linesOf("bob"), "history");
      const [newest] = page?.messages ?? [];
      if (newest !== undefined) page?.messages.unshift({ ...newest, id: "no", state: "refused" });
    },
  },
  "signed-out-unasked": {
    "a store is emptied, and nobody had asked for it": (run) => {
      const lines = run.linesOf("bob");
      lines.splice(
        findLine(lines, (line) => line.kind === "applied"),
        0,
        { kind: "erased", atMs: 0 },
      );
    },
    "a device is not signed in any more when its process comes back": (run) => {
      const lines = run.linesOf("bob");
      const at = findLine(lines, (line) => line.kind === "applied");
      const anew: Line[] = [
        { kind: "erased", atMs: 0 },
        { kind: "signed-in", userId: bob, atMs: 0 },
      ];
      restartAfter(run, "bob", at, anew);
    },
    "a device leaves twice, and was asked once": (run) => {
      run
        .linesOf("bob")
        .push(
          { kind: "leaving", how: "revoke", atMs: 0 },
          { kind: "erased", atMs: 0 },
          { kind: "signed-in", userId: bob, atMs: 0 },
          { kind: "erased", atMs: 0 },
        );
    },
  },
  "left-queued": {
    "a message is still queued in the end": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "history")) {
        const [newest] = line.messages;
        if (newest !== undefined) newest.state = "queued";
      }
    },
  },
  "feed-sequence": {
    "a number is missing": (run) => {
      run.feedOf(bob).splice(1, 1);
    },
    "a number stands twice": (run) => {
      const [first] = run.feedOf(bob);
      if (first !== undefined) run.feedOf(bob).splice(1, 0, { ...first, messageId: null });
    },
    "the counter is ahead of the feed": ({ state }) => {
      const feed = state.feeds.get(alice);
      if (feed !== undefined) feed.lastSeq += 1;
    },
  },
  "feed-missing": {
    "a message is not in the recipient's feed": (run) => {
      const [first] = run.feedOf(bob);
      if (first !== undefined) first.messageId = null;
    },
    "a message is not in the sender's feed": (run) => {
      const [first] = run.feedOf(alice);
      if (first !== undefined) first.messageId = null;
    },
  },
  "feed-doubled": {
    "a retry is appended to a feed again": (run) => {
      const feed = run.state.feeds.get(bob);
      feed?.events.push({
        seq: feed.events.length + 1,
        tag: "t",
        kind: "message",
        messageId: run.storedAt(0).id,
      });
    },
  },
  "feed-order": {
    "a feed has two messages the other way round": (run) => {
      const [first, second] = run.feedOf(bob);
      if (first !== undefined && second !== undefined)
        [first.messageId, second.messageId] = [second.messageId, first.messageId];
    },
  },
  "applied-hole": {
    "one commit jumps over a message that was not announced": (run) => {
      const lines = run.linesOf("laptop");
      const at = findLine(lines, (line) => line.kind === "cursor" && line.cursor.startsWith("1."));
      lines.splice(at - 1, 2);
    },
    "a client loads anew although its feed is there": (run) => {
      const lines = run.linesOf("bob");
      const at = findLine(lines, (line) => line.kind === "cursor" && line.cursor.startsWith("1."));
      lines.splice(at, 3);
    },
  },
  "applied-repeat": {
    "a client applies an event again": (run) => {
      const lines = run.linesOf("phone");
      const at = findLine(lines, (line) => line.kind === "cursor" && line.cursor.startsWith("3."));
      lines.splice(at, 0, ...lines.slice(at, at + 1));
    },
    "a store comes back with less than it held": (run) => splitLife(run, "bob", "1."),
  },
  "applied-other-feed": {
    "a client follows a feed that the database does not have": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "cursor")) line.cursor = `${line.cursor}x`;
    },
  },
  "applied-missing": {
    "a message is not announced": (run) => {
      const lines = run.linesOf("bob");
      lines.splice(
        findLine(lines, (line) => line.kind === "applied"),
        1,
      );
    },
    "an own message of another device is not announced": (run) => {
      const lines = run.linesOf("laptop");
      lines.splice(
        findLine(lines, (line) => line.kind === "applied"),
        1,
      );
    },
  },
  "applied-twice": {
    "a message is announced twice in one life": (run) => {
      const lines = run.linesOf("bob");
      const at = findLine(lines, (line) => line.kind === "applied");
      lines.splice(at + 2, 0, ...lines.slice(at, at + 1));
    },
    "after a restart an older message than the last one is announced": (run) => {
      const lines = run.linesOf("bob");
      const [first, second] = linesOfKind(lines, "applied");
      if (first === undefined || second === undefined) throw new Error("No such line.");
      restartAfter(run, "bob", lines.indexOf(second), [{ ...first }]);
    },
    "after a restart the last message is announced, but not as the first thing": (run) => {
      const lines = run.linesOf("bob");
      const [, second] = linesOfKind(lines, "applied");
      if (second === undefined) throw new Error("No such line.");
      restartAfter(run, "bob", lines.indexOf(second), [{ ...second }, { ...second }]);
    },
  },
  "applied-out-of-order": {
    "two messages are announced the other way round": (run) => {
      const [first, second] = linesOfKind(run.linesOf("bob"), "applied");
      if (first !== undefined && second !== undefined)
        [first.message, second.message] = [second.message, first.message];
    },
  },
  "left-behind": {
    "a client stops before the end of its feed": (run) => {
      const lines = run.linesOf("phone");
      lines.splice(
        lines.findLastIndex((line) => line.kind === "cursor"),
        1,
      );
    },
  },
  complaint: {
    "a client misses messages that were never sent": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "applied"))
        line.message.complaint = "1 missing before it";
    },
  },
  "receipt-backwards": {
    "delivered comes after read": (run) => {
      const [delivered, , read] = linesOfKind(run.linesOf("phone"), "receipt");
      if (delivered !== undefined && read !== undefined)
        [delivered.receipt, read.receipt] = [read.receipt, delivered.receipt];
    },
    "a receipt comes again": (run) => {
      const lines = run.linesOf("phone");
      const at = findLine(lines, (line) => line.kind === "receipt");
      lines.splice(at, 0, ...lines.slice(at, at + 1));
    },
  },
  "receipt-unknown": {
    "a receipt for nothing": (run) => {
      for (const line of linesOfKind(run.linesOf("phone"), "receipt")) line.receipt.messageId = "unheard-of";
    },
    "a receipt by somebody who never got it": (run) => {
      for (const line of linesOfKind(run.linesOf("phone"), "receipt")) line.receipt.userId = alice;
    },
  },
  "never-delivered": {
    "a message that arrived stays at one check": (run) => {
      run.storedAt(1).delivered = false;
    },
  },
  "mark-differs": {
    "a sender never hears of a mark": (run) => {
      run.storedAt(1).read = true;
    },
  },
  "history-missing": {
    "a history lacks a message": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "history")) line.messages.splice(1, 1);
    },
  },
  "history-doubled": {
    "a history has a message twice": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "history"))
        line.messages.splice(1, 0, ...line.messages.slice(1, 2));
    },
  },
  "history-order": {
    "a history has two messages the other way round": (run) => {
      for (const line of linesOfKind(run.linesOf("bob"), "history")) line.messages.reverse();
    },
  },
};

/** The store comes back with the cursor that begins like this. */
function splitLife(run: SoundRun, device: string, prefix: string): void {
  const lines = run.linesOf(device);
  const cursors = linesOfKind(lines, "cursor");
  const cursor = cursors.find((line) => line.cursor.startsWith(prefix))?.cursor ?? null;
  const last = cursors.at(-1);
  if (last === undefined) throw new Error("No such line.");
  const rest = lines.splice(lines.indexOf(last) + 1);
  run.logs.find((log) => log.device === device)?.lives.push([{ kind: "started", cursor, atMs: 0 }, ...rest]);
}
