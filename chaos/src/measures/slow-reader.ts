/**
 * Readers that subscribe to a feed with a long backlog of large messages and read nothing: what each costs the server
 * in memory. Their backlog is larger than what the kernel's buffers take, so that the rest is the server's affair.
 */
import { setTimeout as delay } from "node:timers/promises";
import { createMessenger, memoryStore } from "@sotto/client";
import { Cleanup } from "../cleanup.ts";
import type { Member } from "../fleet/members.ts";
import type { Measure } from "./measure.ts";
import { callFrame, openSocket, takeAccessToken } from "./raw-socket.ts";
import { openStage, type Stage } from "./stage.ts";

export type SlowReaderFigures = {
  readers: number;
  backlogMb: number;
  /** Of the whole process: RSS with the readers less RSS with as many idle sockets, for each reader. */
  rssMbEach: number;
  /** The same of heap and external memory, after a full garbage collection. */
  heldMbEach: number;
};

const textLength = 60_000;
/** As it is in the feed: padded, sealed, in base64. */
const messageMb = 0.085;
const fillMs = 15_000;
const mb = 2 ** 20;

export const measureSlowReader: Measure<SlowReaderFigures> = async ({ scale, say }) => {
  const readers = scale(50, 5);
  const messages = scale(180, 100);
  await using stage = await openStage({ members: readers + 1, memoryProbe: true });
  const [writer, ...slow] = stage.members;
  if (writer === undefined) throw new Error("There is nobody to write.");
  say(`writing ${messages} large messages to each of ${readers}`);
  await write(stage.url, writer, slow, messages);

  // Everything that the writing left behind is gone with this life of the server.
  await stage.server.stop(30_000);
  await stage.server.start();
  await using sockets = new Cleanup();
  const open = await Promise.all(
    slow.map(async (member) => {
      const socket = await openSocket(stage.url, await takeAccessToken(stage.url, member));
      sockets.later(() => Promise.resolve(socket.terminate()));
      return socket;
    }),
  );
  const idle = await memoryOf(stage);
  say(`${readers} idle sockets: ${describe(idle)}`);
  for (const socket of open) {
    socket.send(JSON.stringify(callFrame(1, "subscription", "feed.subscribe", { cursor: "0" })));
    socket.pause();
  }
  let most = idle;
  for (const endMs = Date.now() + fillMs; Date.now() < endMs;) {
    await delay(1_000);
    const now = await memoryOf(stage);
    most = { rss: Math.max(most.rss, now.rss), held: Math.max(most.held, now.held) };
  }
  say(`${readers} that do not read: ${describe(most)}`);
  const each = (key: "rss" | "held") => Math.round(((most[key] - idle[key]) / readers / mb) * 100) / 100;
  return {
    readers,
    backlogMb: Math.round(messages * messageMb),
    rssMbEach: each("rss"),
    heldMbEach: each("held"),
  };
};

async function write(url: string, writer: Member, to: readonly Member[], messages: number): Promise<void> {
  const store = memoryStore();
  const { id, username, sessionId, cookie, publicKey, secretKey } = writer;
  await store.commit([
    { key: "session", value: { user: { id, username }, sessionId, cookie } },
    { key: "account", value: { publicKey, secretKey } },
  ]);
  const messenger = await createMessenger({ url, store });
  const text = "x".repeat(textLength);
  for (const reader of to) {
    const { id: conversationId } = await messenger.openDirect(reader.username);
    for (let sent = 0; sent < messages; sent += 10) {
      await Promise.all(Array.from({ length: 10 }, () => messenger.send(conversationId, { text })));
    }
  }
  await messenger.close();
}

async function memoryOf({ server }: Stage): Promise<{ rss: number; held: number }> {
  const { rss, heapUsed, external } = await server.memory();
  return { rss, held: heapUsed + external };
}

function describe({ rss, held }: { rss: number; held: number }): string {
  return `${Math.round(rss / mb)} MB resident, ${Math.round(held / mb)} MB of it held`;
}
