/** tRPC over HTTP: names, batches, methods, bodies and the inputs of every procedure, signed in and not. */
import type { Random } from "@sotto/chaos/random";
import { mutateText, anyText } from "../inputs/text.ts";
import { wellFormed } from "../inputs/json-schema.ts";
import { anyValue, mutateValue } from "../inputs/value.ts";
import type { FuzzServer } from "../server/fuzz-server.ts";
import { send, type HttpAnswer, type HttpInput } from "../server/http.ts";
import {
  faultOfError,
  isRecord,
  maySucceed,
  parseJson,
  type Procedure,
  procedures,
} from "../server/judge.ts";
import type { Finding, Target } from "../target.ts";

type Call = HttpInput & { names: string[]; inputs: unknown[]; signedIn: boolean };

export function callsTarget(server: FuzzServer): Target {
  return {
    name: "calls",
    share: 40,
    width: 8,
    async attempt(random) {
      const call = makeCall(random, server);
      const answer = await send(server, call);
      const [error] = server.takeErrors();
      const input = JSON.stringify({ ...call, names: undefined, inputs: undefined, signedIn: undefined });
      if (error !== undefined) return { fault: "untyped", what: error, input };
      const judged = judge(call, answer);
      return judged && { ...judged, input };
    },
    settle: () => server.findHarm(),
  };
}

function makeCall(random: Random, server: FuzzServer): Call {
  const batch = random.chance(0.4);
  const type = random.pick(["query", "mutation"]);
  const ofType = procedures.filter((each) => each.type === type || each.type === "subscription");
  const from = random.chance(0.9) ? ofType : procedures;
  const count = batch ? random.pick([1, 2, 3, 20, 21, 60]) : 1;
  const chosen = Array.from({ length: count }, () => random.pick(from));
  const inputs = chosen.map((procedure) => makeInput(random, procedure, server.knownIds));
  const given: unknown = batch ? Object.assign({}, inputs) : inputs[0];
  let text = JSON.stringify(random.chance(0.1) ? mutateValue(random, given) : given) ?? "";
  if (random.chance(0.1)) text = mutateText(random, text, "{}");
  let path = chosen.map(({ name }) => name).join(",");
  if (random.chance(0.15)) path = mutateText(random, path, random.pick(procedures).name);
  const method = random.chance(0.95)
    ? type === "query"
      ? "GET"
      : "POST"
    : random.pick(["GET", "POST", "PUT", "HEAD"]);
  const query = new URLSearchParams({
    ...(batch ? { batch: random.chance(0.95) ? "1" : anyText(random) } : {}),
    ...(method === "GET" ? { input: text } : {}),
    ...(random.chance(0.05) ? { lastEventId: anyText(random), connectionParams: anyText(random) } : {}),
  });
  const names = decodePath(path);
  const sent = parseJson(text);
  // Signing out would succeed, as it should, and the attacker is still needed.
  const signedIn = random.chance(0.7) && !path.includes("logout");
  return {
    method,
    path: `/api/trpc/${path.replace(/[?#]/g, "")}?${query.toString()}`.slice(0, 12_000),
    headers: {
      ...(random.chance(0.97) ? { "content-type": "application/json" } : { "content-type": anyText(random) }),
      ...(signedIn ? { authorization: `Bearer ${server.attacker.accessToken}` } : {}),
      ...(random.chance(0.03) ? { origin: anyText(random) } : {}),
      ...(random.chance(0.03) ? { "trpc-accept": "application/jsonl" } : {}),
    },
    body: method === "POST" ? text : null,
    names,
    inputs: batch
      ? names.map((_, index) =>
          isRecord(sent) || Array.isArray(sent) ? Reflect.get(sent, index) : undefined,
        )
      : [sent],
    signedIn,
  };
}

export function makeInput(random: Random, { json }: Procedure, knownIds: readonly string[]): unknown {
  if (json === null) return random.chance(0.8) ? undefined : anyValue(random);
  const choice = random.integer(0, 9);
  if (choice === 0) return anyValue(random);
  const value = wellFormed(random, json, knownIds);
  return choice <= 3 ? value : mutateValue(random, value);
}

function decodePath(path: string): string[] {
  try {
    return decodeURIComponent(path.replace(/[?#]/g, "")).split(",");
  } catch {
    return [];
  }
}

function judge(call: Call, { status, text }: HttpAnswer): Omit<Finding, "input"> | null {
  if (status >= 500 || status < 200)
    return { fault: "untyped", what: `status ${status}: ${text.slice(0, 500)}` };
  if (call.method === "HEAD") return null;
  const answer = parseJson(text);
  // A stream of lines is another form of the same answers.
  if (answer === undefined && call.headers["trpc-accept"] !== undefined) return null;
  if (answer === undefined)
    return { fault: "untyped", what: `status ${status}, no JSON: ${text.slice(0, 200)}` };
  for (const [index, each] of [answer].flat().entries()) {
    if (!isRecord(each)) return { fault: "untyped", what: `no answer: ${JSON.stringify(each)}` };
    if ("error" in each) {
      const fault = faultOfError(each["error"]);
      if (fault !== null) return { fault: "untyped", what: fault };
    } else if (!maySucceed(call.names[index] ?? "", call.inputs[index], call.signedIn)) {
      return {
        fault: "accepted",
        what: `${call.names[index]} answered ${JSON.stringify(each).slice(0, 200)}`,
      };
    }
  }
  return null;
}
