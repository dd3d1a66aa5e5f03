import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfig } from "@sotto/server/config";
import { startServer } from "@sotto/server/start";
import { signUp, type Person } from "@sotto/server/testing/person";
import { forgeEnvelope } from "@sotto/server/testing/envelope";
import { connect } from "@sotto/server/testing/socket";
import { describe, type Finding } from "../target.ts";

const day = 24 * 60 * 60 * 1_000;
const answerMs = 20_000;
const errorLevel = 50;

export type FuzzServer = {
  url: string;
  port: number;
  /** Has an account and talks to nobody, so nothing that they send may be stored. */
  attacker: Person;
  /** Talks to a friend; is signed in all the time. */
  victim: Person;
  /** Ids that exist and are none of the attacker's affair. */
  knownIds: string[];
  /** What the server logged as a fault of its own since the last call. */
  takeErrors(): string[];
  /** Whether the victim notices anything: still connected, answered in time, nothing new. */
  findHarm(): Promise<Finding | null>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A whole server in this process, on an embedded database, with people on it. */
export async function startFuzzServer(): Promise<FuzzServer> {
  const errors: string[] = [];
  const onCrash = (error: unknown) => errors.push(`the process would have ended: ${describe(error)}`);
  process.on("uncaughtException", onCrash);
  const dataDir = await mkdtemp(join(tmpdir(), "sotto-fuzz-"));
  const config = parseConfig({
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: dataDir,
    RATE_LIMITS: "off",
    LOG_LEVEL: "error",
  });
  const write = (line: string) => {
    if ((JSON.parse(line) as { level: number }).level >= errorLevel) errors.push(line.trim());
  };
  const server = await startServer(config, { logTo: { write }, timings: { accessMs: day, ticketMs: day } });
  const { url, port } = server;
  const [victim, friend, attacker] = await Promise.all([
    signUp(url, "victim"),
    signUp(url, "friend"),
    signUp(url, "attacker"),
  ]);
  const conversation = await friend.api.conversations.openDirect.mutate({ username: "victim" });
  const messageId = "018f3c6e-0000-7000-8000-00000000000c";
  const envelopes = [{ recipientId: victim.user.id, content: forgeEnvelope(friend.user, victim.user) }];
  await friend.api.messages.send.mutate({
    messages: [{ conversationId: conversation.id, id: messageId, envelopes }],
  });

  const socket = await connect(url, victim);
  const look = async () =>
    JSON.stringify([
      await socket.api.feed.head.query(),
      await socket.api.conversations.list.query({ limit: 50 }),
      await victim.api.auth.sessions.query().then((sessions) => sessions.map(({ id }) => id)),
      await countStored(url),
    ]);
  const before = await look();

  return {
    url,
    port,
    attacker,
    victim,
    knownIds: [
      victim.user.id,
      friend.user.id,
      attacker.user.id,
      conversation.id,
      messageId,
      victim.sessionId,
    ],
    takeErrors: () => errors.splice(0),
    async findHarm() {
      const input = "any of the round";
      try {
        const after = await Promise.race([
          look(),
          socket.closed.then((code) => `closed with ${code}`),
          late(),
        ]);
        return after === before ? null : { fault: "harmed", what: `${before} became ${after}`, input };
      } catch (error) {
        return { fault: "harmed", what: describe(error), input };
      }
    },
    async [Symbol.asyncDispose]() {
      await socket[Symbol.asyncDispose]();
      await server.stop();
      process.off("uncaughtException", onCrash);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function late(): Promise<string> {
  const signal = AbortSignal.timeout(answerMs);
  await once(signal, "abort");
  return `no answer in ${answerMs / 1_000} s`;
}

async function countStored(url: string): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return /^sotto_messages_stored_total .*$/m.exec(metrics)?.[0] ?? "no count";
}
