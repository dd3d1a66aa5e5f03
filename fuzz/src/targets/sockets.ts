/** WebSocket: frames and messages that no client of ours sends, on connections of somebody who is signed in. */
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { anyText, mutateText } from "../inputs/text.ts";
import { anyValue, mutateValue } from "../inputs/value.ts";
import type { FuzzServer } from "../server/fuzz-server.ts";
import { faultOfError, isRecord, maySucceed, parseJson, procedures } from "../server/judge.ts";
import { encodeFrame, opcodes, openRawSocket, type RawSocket } from "../server/raw-socket.ts";
import type { Finding, Target } from "../target.ts";
import { makeInput } from "./calls.ts";

const answerMs = 20_000;
const probeId = 987_654_321;
const probe = encodeFrame({
  opcode: opcodes.text,
  payload: Buffer.from(JSON.stringify({ id: probeId, method: "query", params: { path: "feed.head" } })),
});

/** `whole`: the frames end where they say, so the server must either answer the next call or close. */
type Input = { bytes: Buffer; whole: boolean; text: string | null };

export function socketsTarget(server: FuzzServer): Target {
  return {
    name: "sockets",
    share: 20,
    width: 4,
    async attempt(random) {
      const input = makeInputOf(random, server);
      const socket = await openRawSocket(server);
      try {
        const finding = await tryOne(server, socket, input);
        return finding && { ...finding, input: input.text ?? input.bytes.toString("hex") };
      } finally {
        socket.destroy();
      }
    },
    settle: () => server.findHarm(),
  };
}

async function tryOne(
  server: FuzzServer,
  socket: RawSocket,
  input: Input,
): Promise<Omit<Finding, "input"> | null> {
  socket.write(input.bytes);
  if (input.whole) socket.write(probe);
  else socket.end();
  const over = input.whole ? socket.heard(`"id":${probeId}`) : socket.closed.then(() => undefined);
  const stuck = await Promise.race([over.then(() => false), delay(answerMs, true, { ref: false })]);
  if (stuck) return { fault: "harmed", what: `neither answered nor closed in ${answerMs / 1_000} s` };
  const [error] = server.takeErrors();
  if (error !== undefined) return { fault: "untyped", what: error };
  for (const text of socket.texts) {
    const finding = judge(input, text);
    if (finding) return finding;
  }
  return null;
}

function judge({ text, whole }: Input, said: string): Omit<Finding, "input"> | null {
  if (said === "PONG" || said === "PING") return null;
  const answer = parseJson(said);
  if (!isRecord(answer)) return { fault: "untyped", what: `not an answer: ${said}` };
  if (said.includes('"status":"stored"')) return { fault: "accepted", what: said };
  if ("error" in answer) {
    const fault = faultOfError(answer["error"]);
    return fault === null ? null : { fault: "untyped", what: `${fault}: ${said}` };
  }
  if (answer["id"] === probeId) return null;
  // Altered bytes may be another sound call, and only a second implementation of the framing could tell.
  if (!whole) return null;
  const sent = [text === null ? undefined : parseJson(text)].flat().filter(isRecord);
  const allowed = sent.some((call) => call["id"] === answer["id"] && isCallThatMay(call));
  return allowed ? null : { fault: "accepted", what: said };
}

function isCallThatMay({ method, params }: Record<string, unknown>): boolean {
  if (method === "subscription.stop") return true;
  if (!isRecord(params)) return false;
  const { path, input, lastEventId } = params;
  // As tRPC puts them together when it resumes a subscription.
  const whole = lastEventId === undefined ? input : { ...(isRecord(input) ? input : {}), lastEventId };
  return maySucceed(String(path), whole, true);
}

function makeInputOf(random: Random, { knownIds }: FuzzServer): Input {
  const text = makeMessage(random, knownIds);
  const payload = Buffer.from(text);
  const plain = encodeFrame({ opcode: opcodes.text, payload });
  switch (random.integer(0, 11)) {
    case 0:
      return { bytes: encodeFrame({ opcode: opcodes.binary, payload }), whole: true, text };
    case 1: {
      const garbage = randomBytes(random, randomLength(random, 2_000));
      const opcode = random.pick([opcodes.text, opcodes.binary]);
      return { bytes: encodeFrame({ opcode, payload: garbage }), whole: true, text: null };
    }
    case 2:
      return { bytes: fragments(random, payload), whole: true, text };
    case 3: {
      const reserved = random.integer(1, 7);
      return { bytes: encodeFrame({ opcode: opcodes.text, payload, reserved }), whole: true, text: null };
    }
    case 4: {
      const opcode = random.integer(0, 15);
      const masked = random.chance(0.5);
      const final = random.chance(0.5);
      return { bytes: encodeFrame({ opcode, payload, masked, final }), whole: true, text };
    }
    case 5: {
      const opcode = random.pick([opcodes.close, opcodes.ping, opcodes.pong]);
      const control = randomBytes(random, randomLength(random, 140));
      return { bytes: encodeFrame({ opcode, payload: control }), whole: true, text: null };
    }
    case 6:
      return { bytes: Buffer.from(mutateBytes(random, plain, probe)), whole: false, text: null };
    case 7: {
      const size = 128 * 1024 + random.integer(-2, 2_000);
      return {
        bytes: encodeFrame({ opcode: opcodes.text, payload: Buffer.alloc(size, 0x20) }),
        whole: true,
        text: null,
      };
    }
    default:
      return { bytes: plain, whole: true, text };
  }
}

function makeMessage(random: Random, knownIds: readonly string[]): string {
  if (random.chance(0.05)) return random.pick(["PING", "PONG", "", "[]", "null", '"', "1e999", "{}"]);
  if (random.chance(0.05)) return JSON.stringify(anyValue(random)) ?? "";
  const makeCall = () => {
    const procedure = random.pick(procedures);
    const input = makeInput(random, procedure, knownIds);
    const method = random.chance(0.9)
      ? procedure.type
      : random.pick(["query", "mutation", "subscription.stop"]);
    return { id: random.integer(1, 5), method, params: { path: procedure.name, input } };
  };
  const batch = random.pick([1, 1, 1, 2, 20, 21, 200]);
  const calls: unknown = batch === 1 ? makeCall() : Array.from({ length: batch }, makeCall);
  const text = JSON.stringify(random.chance(0.4) ? mutateValue(random, calls) : calls) ?? "";
  return random.chance(0.15) ? mutateText(random, text, anyText(random)) : text;
}

/** In pieces, with or without something that does not belong in between. */
function fragments(random: Random, payload: Buffer): Buffer {
  const count = random.integer(2, 5);
  const size = Math.ceil(payload.length / count);
  const parts: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const opcode = index === 0 || random.chance(0.05) ? opcodes.text : opcodes.continuation;
    const piece = payload.subarray(index * size, (index + 1) * size);
    parts.push(encodeFrame({ opcode, payload: piece, final: index === count - 1 || random.chance(0.05) }));
    if (random.chance(0.2)) parts.push(encodeFrame({ opcode: opcodes.ping, payload: Buffer.from("?") }));
  }
  return Buffer.concat(parts);
}
