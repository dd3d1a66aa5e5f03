/** A process of the fleet: real clients with their stores in memory, told what to do by the parent. */
import { createMessenger, memoryStore, type Messenger } from "@sotto/client";
import type { FromFleet, ToFleet } from "./fleet-protocol.ts";
import type { Member } from "./members.ts";

type Ship = {
  name: string;
  messenger: Messenger;
  conversationId: string;
  /** What is missing until it is live again in the round that is going on. */
  missing: Set<"sent" | "received">;
};

const openAtOnce = 10;
const retryMs = 500;
const probePrefix = "probe ";

const ships: Ship[] = [];
let round = 0;
let latenciesMs: number[] = [];
let pending = 0;
let received = 0;
let talkTimer: ReturnType<typeof setTimeout> | undefined;

function tell(message: FromFleet): void {
  process.send?.(message);
}

/** Counts what the server refuses, on the way to the client. */
function watchFetch(): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await realFetch(input, init);
    if (response.status >= 400) {
      const path = new URL(input instanceof Request ? input.url : input).pathname;
      tell({ say: "refused", status: response.status, path });
    }
    return response;
  };
}

async function open(url: string, member: Member, partner: string): Promise<void> {
  const store = memoryStore();
  const { id, username, sessionId, cookie, publicKey, secretKey } = member;
  await store.commit([
    { key: "session", value: { user: { id, username }, sessionId, cookie } },
    { key: "account", value: { publicKey, secretKey } },
  ]);
  const messenger = await createMessenger({ url, store });
  const ship: Ship = { name: username, messenger, conversationId: "", missing: new Set() };
  messenger.on("message", ({ text }) => {
    received += 1;
    if (text === `${probePrefix}${round}`) arrive(ship, "received");
  });
  messenger.on("connection", (state) => {
    if (state === "online") probe(ship);
  });
  messenger.on("session", ({ reason }) => {
    if (reason === "ended") tell({ say: "trouble", text: `${username}: its session ended` });
  });
  ship.conversationId = await openDirect(messenger, partner);
  ships.push(ship);
}

/** Not all in one moment: what is measured begins when they are there. */
async function openAll(url: string, pairs: readonly { member: Member; partner: string }[]): Promise<void> {
  const rest = pairs.values();
  const openers = Array.from({ length: openAtOnce }, async () => {
    for (const { member, partner } of rest) await open(url, member, partner);
  });
  await Promise.all(openers);
}

async function openDirect(messenger: Messenger, partner: string): Promise<string> {
  for (;;) {
    try {
      return (await messenger.openDirect(partner)).id;
    } catch {
      // Not connected yet.
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

function probe(ship: Ship): void {
  if (!ship.missing.has("sent")) return;
  const own = round;
  void ship.messenger.send(ship.conversationId, { text: `${probePrefix}${own}` }).then(
    () => own === round && arrive(ship, "sent"),
    () => undefined,
  );
}

function arrive(ship: Ship, what: "sent" | "received"): void {
  if (!ship.missing.delete(what) || ship.missing.size > 0) return;
  tell({ say: "live", round, member: ship.name, atMs: Date.now() });
}

/** At random times (a Poisson process): a timer that fires late takes nothing from the ones behind it. */
function talk(perSecond: number, textLength: number): void {
  const text = "x".repeat(textLength);
  let dueMs = performance.now();
  const next = () => {
    dueMs -= Math.log(1 - Math.random()) * (1_000 / perSecond);
    talkTimer = setTimeout(() => {
      next();
      const ship = ships[Math.floor(Math.random() * ships.length)];
      if (ship !== undefined) void send(ship, text);
    }, dueMs - performance.now());
  };
  next();
}

async function send({ messenger, conversationId }: Ship, text: string): Promise<void> {
  const fromMs = performance.now();
  pending += 1;
  try {
    await messenger.send(conversationId, { text });
    latenciesMs.push(performance.now() - fromMs);
  } catch (error) {
    fail(error);
  } finally {
    pending -= 1;
  }
}

async function handle(message: ToFleet): Promise<void> {
  switch (message.say) {
    case "open":
      watchFetch();
      await openAll(message.url, message.pairs);
      return tell({ say: "open" });
    case "probe":
      ({ round } = message);
      for (const ship of ships) ship.missing = new Set(["sent", "received"]);
      return;
    case "talk":
      return talk(message.perSecond, message.textLength);
    case "hush":
      return clearTimeout(talkTimer);
    case "latencies":
      tell({ say: "latencies", valuesMs: latenciesMs, pending, received });
      latenciesMs = [];
      received = 0;
      return;
    case "close":
      clearTimeout(talkTimer);
      await Promise.all(ships.map(({ messenger }) => messenger.close()));
      process.disconnect();
  }
}

function fail(error: unknown): void {
  tell({ say: "trouble", text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

process.on("message", (message) => {
  // Only the parent holds the other end of this channel.
  handle(message as ToFleet).catch(fail);
});
process.on("unhandledRejection", fail);
process.on("disconnect", () => process.exit(0));
