import type { FeedRow, FinalState, StoredMessage } from "../../src/checks/final-state.ts";
import type { DeviceLog, Entry, Line, Shown } from "../../src/journal.ts";

/** A run as it should be, small enough to break by hand: Alice on two devices and Bob, four messages, a few marks. */
export type SoundRun = {
  logs: DeviceLog[];
  state: FinalState;
  /** All lines of a device, to be changed in place. */
  linesOf(device: string): Line[];
  feedOf(userId: string): FeedRow[];
  storedAt(index: number): StoredMessage;
};

export const alice = "alice-id";
export const bob = "bob-id";
const conversationId = "conversation";

const userOf = { phone: alice, laptop: alice, bob } as const;
type Device = keyof typeof userOf;

export function makeSoundRun(): SoundRun {
  const lives: Record<Device, Line[]> = { phone: [], laptop: [], bob: [] };
  const feeds: Record<string, FeedRow[]> = { [alice]: [], [bob]: [] };
  const messages: StoredMessage[] = [];
  const texts = new Map<string, string>();
  let atMs = 1_000;

  const write = (device: Device, entry: Entry) => lives[device].push({ ...entry, atMs: (atMs += 1) });
  const append = (userId: string, kind: string, messageId: string | null): string => {
    const feed = feeds[userId] ?? [];
    const seq = feed.length + 1;
    feed.push({ seq, tag: `tag${userId}${seq}`, kind, messageId });
    return `${seq}.tag${userId}${seq}`;
  };
  const show = (message: StoredMessage, userId: string): Shown => {
    const own = message.senderId === userId;
    const mark = message.read ? "read" : message.delivered ? "delivered" : "sent";
    return {
      id: message.id,
      conversationId,
      senderId: message.senderId,
      text: texts.get(message.id) ?? "",
      createdAt: message.createdAt,
      state: own ? mark : message.read ? "read" : "unread",
    };
  };

  function begin(device: Device): void {
    write(device, { kind: "started", cursor: null });
    write(device, { kind: "erased" });
    write(device, { kind: "cursor", cursor: "0" });
    write(device, { kind: "signed-in", userId: userOf[device] });
    write(device, { kind: "connection", state: "online" });
  }

  function send(device: Device, number: number): void {
    const senderId = userOf[device];
    const recipientId = senderId === alice ? bob : alice;
    const id = `message-${messages.length + 1}`;
    const text = `marker ${device} ${number}`;
    const createdAt = `2026-01-01T00:00:0${messages.length}.000000Z`;
    const stored: StoredMessage = {
      id,
      conversationId,
      senderId,
      recipientId,
      createdAt,
      delivered: false,
      read: false,
    };
    write(device, { kind: "invoked", number, conversationId, text });
    texts.set(id, text);
    messages.push(stored);
    const cursors = new Map([alice, bob].map((userId) => [userId, append(userId, "message", id)]));
    for (const other of Object.keys(lives) as Device[]) {
      if (other !== device) write(other, { kind: "applied", message: show(stored, userOf[other]) });
      write(other, { kind: "cursor", cursor: cursors.get(userOf[other]) ?? "" });
    }
    write(device, { kind: "acknowledged", number, id, createdAt });
  }

  function mark(index: number, state: "delivered" | "read"): void {
    const message = messages[index];
    if (message === undefined) throw new RangeError("No such message.");
    message[state] = true;
    const cursor = append(message.senderId, "receipt", null);
    const receipt = { messageId: message.id, conversationId, userId: message.recipientId, state };
    for (const device of Object.keys(lives) as Device[]) {
      if (userOf[device] !== message.senderId) continue;
      write(device, { kind: "cursor", cursor });
      write(device, { kind: "receipt", receipt });
    }
  }

  (Object.keys(lives) as Device[]).forEach(begin);
  send("phone", 0);
  mark(0, "delivered");
  send("phone", 1);
  mark(1, "delivered");
  mark(0, "read");
  send("bob", 0);
  mark(2, "delivered");
  send("laptop", 0);
  mark(3, "delivered");
  for (const device of Object.keys(lives) as Device[]) {
    const shown = messages.toReversed().map((message) => show(message, userOf[device]));
    write(device, { kind: "history", messages: shown });
    write(device, { kind: "finished" });
  }

  const logs = (Object.keys(lives) as Device[]).map((device) => ({ device, lives: [lives[device]] }));
  const state: FinalState = {
    users: [
      { id: alice, username: "alice" },
      { id: bob, username: "bob" },
    ],
    messages,
    feeds: new Map(
      Object.entries(feeds).map(([userId, events]) => [userId, { lastSeq: events.length, events }]),
    ),
  };
  return {
    logs,
    state,
    linesOf: (device) => logs.find((log) => log.device === device)?.lives.at(-1) ?? [],
    feedOf: (userId) => state.feeds.get(userId)?.events ?? [],
    storedAt(index) {
      const message = messages[index];
      if (message === undefined) throw new RangeError("No such message.");
      return message;
    },
  };
}

/** The place of the first line that matches. */
export function findLine(lines: Line[], matches: (line: Line) => boolean): number {
  const index = lines.findIndex(matches);
  if (index === -1) throw new Error("No such line.");
  return index;
}

/** Takes the lines of one kind that a device wrote, to change what stands in them. */
export function linesOfKind<Kind extends Line["kind"]>(
  lines: Line[],
  kind: Kind,
): Extract<Line, { kind: Kind }>[] {
  return lines.filter((line): line is Extract<Line, { kind: Kind }> => line.kind === kind);
}

/** Ends the life of a device after a line, and lets a new one go on with these and then the rest. */
export function restartAfter(
  run: SoundRun,
  device: string,
  at: number,
  again: SoundRun["logs"][number]["lives"][number],
): void {
  const log = run.logs.find((each) => each.device === device);
  const lines = run.linesOf(device);
  const rest = lines.splice(at + 1);
  const cursor = linesOfKind(lines, "cursor").at(-1)?.cursor ?? null;
  log?.lives.push([{ kind: "started", cursor, atMs: 0 }, ...again, ...rest]);
}
