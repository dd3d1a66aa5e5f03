import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { directConversationName, uuidOfDigest } from "@sotto/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createModelDevice } from "./model-device.ts";
import { createModelServer } from "./model-server.ts";

const own = personOf("ada", 1);
const other = personOf("ben", 2);
const conversationId = uuidOfDigest(
  new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(directConversationName(own.id, other.id))),
  ),
);

function personOf(username: string, number: number) {
  const publicKey = encodeBase64(generateKeyPair().publicKey);
  return { id: `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`, username, publicKey };
}

const at = fc.nat({ max: 15 });

/** What happens on the server, whoever did it. */
type Happening =
  | { on: "theirs" | "mine" }
  | { on: "reaction" | "read"; at: number }
  | { on: "receipt"; at: number; state: "delivered" | "read" };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ on: fc.constantFrom("theirs", "mine") }) },
  { weight: 2, arbitrary: fc.record({ on: fc.constantFrom("reaction", "read"), at }) },
  fc.record({ on: fc.constant("receipt"), at, state: fc.constantFrom("delivered", "read") }),
);

/** What happens to the device. */
type Step =
  | Happening
  | { on: "restart" | "open" | "older" | "settle" | "online" }
  | { on: "receive"; again: number; count: number; current: boolean }
  | { on: "kill"; commits: number }
  | { on: "reload"; during: Happening[] }
  | { on: "look"; butFor: number; online: boolean };
const few = fc.nat({ max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: happening },
  {
    weight: 6,
    arbitrary: fc.record({ on: fc.constantFrom("restart", "open", "older", "older", "settle", "online") }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ on: fc.constant("receive"), again: few, count: few, current: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ on: fc.constant("look"), butFor: few, online: fc.boolean() }) },
  fc.record({ on: fc.constant("kill"), commits: few }),
  fc.record({ on: fc.constant("reload"), during: fc.array(happening, { maxLength: 6 }) }),
);

const theirs: Step = { on: "theirs" };
/** Each of them once ended in another state than the server's. */
const found: [boolean, Step[]][] = [
  // Counted by the server and again when the feed brought it.
  [false, [{ on: "reload", during: [{ on: "theirs" }, { on: "mine" }, { on: "theirs" }] }]],
  // A reaction that the server counted as unread.
  [
    false,
    [
      { on: "mine" },
      { on: "reload", during: [{ on: "reaction", at: 0 }, { on: "theirs" }, { on: "reaction", at: 0 }] },
    ],
  ],
  // Seen without a word on when it arrived.
  [false, [{ on: "mine" }, { on: "reload", during: [] }, { on: "receipt", at: 0, state: "read" }]],
  // Read on another device, where only what came later is here.
  [
    false,
    [
      theirs,
      { on: "reaction", at: 0 },
      { on: "reaction", at: 0 },
      { on: "reload", during: [] },
      { on: "read", at: 0 },
    ],
  ],
  // Read on another device up to a message below the oldest one that was loaded.
  [
    false,
    [
      {
        on: "reload",
        during: [
          { on: "theirs" },
          { on: "theirs" },
          { on: "reaction", at: 0 },
          { on: "read", at: 0 },
          { on: "reaction", at: 0 },
        ],
      },
    ],
  ],
  // Read here before the server knew, and loaded then.
  [
    false,
    [
      theirs,
      theirs,
      theirs,
      theirs,
      { on: "reload", during: [] },
      { on: "look", butFor: 0, online: false },
      { on: "older" },
      { on: "settle" },
    ],
  ],
];

type Server = ReturnType<typeof createModelServer>;
type Device = ReturnType<typeof createModelDevice>;

function happen(server: Server, one: Happening): void {
  if (one.on === "theirs") server.write(other);
  if (one.on === "mine") server.write(own);
  if (one.on === "reaction") server.react(one.at);
  if (one.on === "receipt") server.receipt(one.at, one.state);
  if (one.on !== "read") return;
  const read = server.envelopes[Math.min(one.at, server.envelopes.length - 1)];
  if (read !== undefined) server.read(read.wire.id);
}

async function run(server: Server, device: Device, one: Step): Promise<void> {
  switch (one.on) {
    case "receive":
      return device.receive(one.again, one.count, one.current);
    case "restart":
      return device.restart();
    case "kill":
      return device.killAfter(one.commits);
    case "open":
      return device.open();
    case "older":
      return device.askForOlder();
    case "settle":
      return device.settle();
    case "reload":
      return device.reload(() => one.during.forEach((happened) => happen(server, happened)));
    case "look":
      return device.look(one.butFor, one.online);
    case "online":
      return device.goOnline();
    default:
      happen(server, one);
  }
}

/** Nothing breaks any more, and everything arrives. */
async function finish(server: Server, device: Device): Promise<void> {
  device.restart();
  if ((await device.cursor()) === undefined) await device.reload(() => undefined);
  await device.goOnline();
  await device.receive(0, server.length(), true);
  while ((await device.state())?.complete === false) {
    await device.askForOlder();
    await device.settle();
  }
}

test("messages, receipts and read marks end in the server's state, whatever is repeated, cut off, restarted or loaded in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { maxLength: 40 }), async (isOld, steps) => {
      const server = createModelServer(own, other, conversationId);
      const device = createModelDevice(server, own, conversationId);
      if (isOld) await device.start();
      for (const one of steps) await run(server, device, one);
      await finish(server, device);
      expect(await device.state()).toEqual({ complete: true, ...server.state() });
    }),
    { numRuns: 150, examples: found },
  );
}, 30_000);
