/**
 * The journals, put together: who sent what, and which messages are which sends. A *generation* is the life of one
 * store: it ends when the store is emptied, and goes on through every restart of the process.
 */
import type { DeviceLog, Line, Shown } from "../journal.ts";
import { parseText } from "../texts.ts";

type Send = {
  device: string;
  userId: string;
  generation: number;
  number: number;
  conversationId: string;
  text: string;
  acknowledged: { id: string; createdAt: string } | null;
  /** Why the call failed, if it did. */
  failed: { reason: string; said: string } | null;
  /** Every id under which it was ever seen. */
  ids: Set<string>;
};

/** The lines of one generation, cut where a process ended. */
export type Generation = { index: number; lives: Line[][] };

export type DeviceStory = {
  device: string;
  userId: string;
  generations: Generation[];
  /** It wrote its whole history and closed. */
  finished: boolean;
};

export type Story = {
  devices: DeviceStory[];
  sends: Send[];
  /** By device and number. */
  findSend(device: string, number: number): Send | undefined;
  findSendById(messageId: string): Send | undefined;
  /** The send that a shown message claims to be. */
  findSendOf(message: Shown): Send | undefined;
};

export function readStory(logs: readonly DeviceLog[]): Story {
  const sends = new Map<string, Send>();
  const devices = logs.map((log) => readDevice(log, sends));
  const story: Omit<Story, "findSendById"> = {
    devices,
    sends: [...sends.values()],
    findSend: (device, number) => sends.get(`${device}/${number}`),
    findSendOf({ text }) {
      const parsed = parseText(text);
      return parsed === null ? undefined : sends.get(`${parsed.device}/${parsed.number}`);
    },
  };
  for (const line of logs.flatMap(({ lives }) => lives.flat())) {
    const shown = line.kind === "applied" ? [line.message] : line.kind === "history" ? line.messages : [];
    for (const message of shown) story.findSendOf(message)?.ids.add(message.id);
  }
  const byId = new Map(story.sends.flatMap((send) => [...send.ids].map((id) => [id, send] as const)));
  return { ...story, findSendById: (id) => byId.get(id) };
}

function readDevice({ device, lives }: DeviceLog, sends: Map<string, Send>): DeviceStory {
  const lines = lives.flat();
  const userId = lines.find((line) => line.kind === "signed-in")?.userId ?? "";
  const generations: Generation[] = [{ index: 0, lives: [] }];
  for (const life of lives) {
    generations.at(-1)?.lives.push([]);
    for (const line of life) {
      if (line.kind === "erased") generations.push({ index: generations.length, lives: [[]] });
      generations.at(-1)?.lives.at(-1)?.push(line);
      readSend(line, { device, userId, generation: generations.length - 1 }, sends);
    }
  }
  return { device, userId, generations, finished: lines.at(-1)?.kind === "finished" };
}

function readSend(
  line: Line,
  by: Pick<Send, "device" | "userId" | "generation">,
  sends: Map<string, Send>,
): void {
  if (line.kind === "invoked") {
    const { number, conversationId, text } = line;
    const send = { ...by, number, conversationId, text, acknowledged: null, failed: null };
    sends.set(`${by.device}/${number}`, { ...send, ids: new Set() });
  }
  if (line.kind !== "acknowledged" && line.kind !== "failed") return;
  const send = sends.get(`${by.device}/${line.number}`);
  if (send === undefined) return;
  if (line.kind === "failed") {
    send.failed = { reason: line.reason, said: line.said ?? "" };
    return;
  }
  send.acknowledged = { id: line.id, createdAt: line.createdAt };
  send.ids.add(line.id);
}
