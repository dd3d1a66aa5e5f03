/**
 * Ours, as `docs/protocol.md` has it and with the habits of `@sotto/client`: one flush of the outbox at a time, which
 * takes what has been waiting; the feed followed by number, without holes; the arrival of messages
 * acknowledged at once, and then together with what came within 200 ms.
 */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  directConversationName,
  type FeedBatch,
  limits,
  parseCursor,
  type SendResult,
  uuidOfDigest,
} from "@sotto/protocol";
import { v7 as uuidv7 } from "uuid";
import type { Adapter, Arrived, Connection, Reader, User } from "../adapter.ts";
import { openTrpcSocket, type TrpcSocket } from "./trpc-socket.ts";

/** As in the client's outbox: below the frame limit, with room for what is written around it. */
const flushMaxCharacters = limits.frameMaxBytes - 8 * 1024;

const conversationIds = new Map<string, string>();

function conversationIdOf(one: User, other: User): string {
  const name = directConversationName(one.id, other.id);
  const known = conversationIds.get(name);
  if (known !== undefined) return known;
  const id = uuidOfDigest(createHash("sha256").update(name).digest());
  conversationIds.set(name, id);
  return id;
}

type HistoryPage = { messages: { id: string; content: string }[]; older: boolean };
type Outgoing = { conversationId: string; id: string; envelopes: { recipientId: string; content: string }[] };
type Entry = { message: Outgoing; characters: number; resolve: () => void; reject: (error: unknown) => void };

const acknowledgeIntervalMs = 200;

/** Of JSON around the content of one message; a little more than it is. */
const wrappingCharacters = 256;

function createOutbox(socket: TrpcSocket) {
  let entries: Entry[] = [];
  let flushing = false;

  function due(): Entry[] {
    let characters = 0;
    const end = entries.findIndex((entry, index) => {
      characters += entry.characters;
      return index === limits.messagesPerSend || (index > 0 && characters > flushMaxCharacters);
    });
    const chunk = end === -1 ? entries : entries.slice(0, end);
    entries = end === -1 ? [] : entries.slice(end);
    return chunk;
  }

  async function flush(): Promise<void> {
    flushing = true;
    for (let chunk = due(); chunk.length > 0; chunk = due()) {
      try {
        const messages = chunk.map(({ message }) => message);
        const { results } = (await socket.mutate("messages.send", { messages })) as { results: SendResult[] };
        for (const [index, { message, resolve, reject }] of chunk.entries()) {
          const result = results[index];
          if (result?.status === "stored" && result.id === message.id) resolve();
          else reject(new Error(`A message was not stored: ${JSON.stringify(result)}`));
        }
      } catch (error) {
        for (const { reject } of chunk) reject(error);
      }
    }
    flushing = false;
  }

  return {
    add(from: User, to: User, content: string): Promise<void> {
      const message = {
        conversationId: conversationIdOf(from, to),
        id: uuidv7(),
        envelopes: [{ recipientId: to.id, content }],
      };
      const characters = content.length + wrappingCharacters;
      return new Promise((resolve, reject) => {
        entries.push({ message, characters, resolve, reject });
        if (!flushing) void flush();
      });
    },
  };
}

/** Says how far the feed has come: cumulative, one call at a time. */
function createAcknowledger(socket: TrpcSocket) {
  let cursor = "0";
  let acknowledged = "0";
  let acknowledging = false;

  async function run(): Promise<void> {
    acknowledging = true;
    while (cursor !== acknowledged) {
      const sent = cursor;
      const pause = delay(acknowledgeIntervalMs);
      await socket.mutate("messages.acknowledge", { cursor: sent });
      acknowledged = sent;
      await pause;
    }
    acknowledging = false;
  }

  return (reached: string, fail: (error: unknown) => void): void => {
    cursor = reached;
    if (!acknowledging) run().catch(fail);
  };
}

async function connect(user: User, arrived: Arrived): Promise<Connection> {
  const headers = { authorization: `Bearer ${user.token}` };
  const socket = await openTrpcSocket(`${user.url.replace("http", "ws")}/api/ws`, headers);
  const outbox = createOutbox(socket);
  const acknowledge = createAcknowledger(socket);
  let seq = 0;
  let closing = false;

  function fail(error: unknown): void {
    if (!closing) throw error;
  }

  function receive(data: unknown): void {
    const { id, data: batch } = data as { id: string; data: FeedBatch };
    if (batch.kind === "resync") throw new Error("The server does not know its own feed.");
    let arrivals = 0;
    for (const event of batch.events) {
      const eventSeq = parseCursor(event.cursor)?.seq;
      if (eventSeq !== seq + 1)
        throw new Error(`Event ${String(eventSeq)} of a feed came after event ${seq}.`);
      seq = eventSeq;
      if (event.kind !== "message" || event.message.recipientId !== user.id) continue;
      arrivals += 1;
      arrived(event.message.content);
    }
    if (arrivals > 0) acknowledge(id, fail);
  }

  await socket.subscribe("feed.subscribe", { cursor: "0" }, receive);
  await socket.subscribe("signals.subscribe", undefined, () => undefined);
  return {
    send: (to, content) => outbox.add(user, to, content),
    async close() {
      closing = true;
      await socket.close();
    },
  };
}

async function openReader(user: User): Promise<Reader> {
  return {
    async read(other, before, limit) {
      const input = {
        conversationId: conversationIdOf(user, other),
        limit,
        ...(before === null ? {} : { before }),
      };
      const address = `${user.url}/api/trpc/messages.history?input=${encodeURIComponent(JSON.stringify(input))}`;
      const response = await fetch(address, { headers: { authorization: `Bearer ${user.token}` } });
      const { result } = (await response.json()) as { result: { data: HistoryPage } };
      const { messages, older } = result.data;
      return {
        bytes: messages.map(({ content }) => content),
        before: older ? (messages.at(-1)?.id ?? null) : null,
      };
    },
    close: () => Promise.resolve(),
  };
}

export const sotto: Adapter = { connect, comeBack: connect, openReader };
