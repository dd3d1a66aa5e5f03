/** The messages of OPAQUE: garbage, altered, cut off, and taken from another exchange. Nobody is signed in by any. */
import { beginLogin, beginRegistration } from "@sotto/server/testing/opaque-client";
import type { Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { anyText, mutateText, textOf } from "../inputs/text.ts";
import type { FuzzServer } from "../server/fuzz-server.ts";
import { send } from "../server/http.ts";
import { faultOfError, isRecord, parseJson } from "../server/judge.ts";
import { compare, type Finding, type Target } from "../target.ts";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

type Messages = { request: string; start: string; finish: string; record: string; challengeId: string };

export async function opaqueTarget(server: FuzzServer): Promise<Target> {
  const corpus = await Promise.all(["one", "two", "three"].map((password) => collect(server, password)));
  return {
    name: "opaque",
    share: 10,
    width: 4,
    attempt: (random) => attempt(random, server, random.pick(corpus), random.pick(corpus)),
    settle: () => server.findHarm(),
  };
}

/** Well-formed messages of real exchanges, every one of which has been used or belongs to a wrong password. */
async function collect({ attacker, victim }: FuzzServer, password: string): Promise<Messages> {
  const { api } = attacker;
  const registration = await beginRegistration(password);
  const { registrationRequest: request } = registration;
  const username = `nobody-${password}`;
  const { registrationResponse } = await api.auth.registerStart.mutate({
    username,
    registrationRequest: request,
  });
  const login = await beginLogin(attacker.password);
  const { startLoginRequest: start } = login;
  const own = await api.auth.loginStart.mutate({
    username: attacker.user.username,
    startLoginRequest: start,
  });
  const theirs = await api.auth.loginStart.mutate({
    username: victim.user.username,
    startLoginRequest: start,
  });
  return {
    request,
    start,
    finish: login.finish(own.loginResponse) ?? "",
    record: registration.finish(registrationResponse),
    challengeId: theirs.challengeId,
  };
}

async function attempt(
  random: Random,
  server: FuzzServer,
  own: Messages,
  other: Messages,
): Promise<Finding | null> {
  const { name, input, answers } = makeCall(random, server, own, other);
  const text = JSON.stringify(input);
  const { status, text: said } = await send(server, {
    method: "POST",
    path: `/api/trpc/${name}`,
    headers: {
      "content-type": "application/json",
      ...(name.startsWith("auth.change") ? { authorization: `Bearer ${server.attacker.accessToken}` } : {}),
    },
    body: text,
  });
  const shown = () => `${name} ${text}`;
  const [logged] = server.takeErrors();
  const answer = parseJson(said);
  if (logged !== undefined || !isRecord(answer)) {
    return { fault: "untyped", what: logged ?? `status ${status}: ${said}`, input: shown() };
  }
  const fault = "error" in answer ? faultOfError(answer["error"]) : null;
  if (fault !== null) return { fault: "untyped", what: fault, input: shown() };
  const isRefused = "error" in answer || answers;
  return compare({ kind: isRefused ? "refused" : "answered", value: null }, null, shown);
}

/** `answers`: a first message may be sound after all, and is then answered; nothing is proved by that. */
function makeCall(random: Random, { attacker, victim }: FuzzServer, own: Messages, other: Messages) {
  const { username } = victim.user;
  const broken = (message: string, another: string) => breakMessage(random, message, another);
  const slot = base64(randomBytes(random, 112));
  const rest = { passwordSlot: slot, device: "fuzz" };
  // A challenge is taken at the first attempt: most name none that is there.
  const challengeId = random.chance(0.1) ? own.challengeId : textOf(random, token, 43);
  const startLoginRequest = broken(own.start, other.request);
  const registrationRequest = broken(own.request, other.start);
  const finishLoginRequest = random.chance(0.3) ? other.finish : broken(own.finish, other.record);
  const registrationRecord = broken(own.record, other.record);
  switch (random.integer(0, 7)) {
    case 0:
      return {
        name: "auth.registerStart",
        input: { username: "somebody", registrationRequest },
        answers: true,
      };
    case 1: {
      const keys = {
        publicKey: victim.user.publicKey,
        recoverySlot: slot,
        recoveryProofHash: base64(randomBytes(random, 32)),
      };
      return {
        name: "auth.registerFinish",
        input: { username, registrationRecord, ...keys, ...rest },
        answers: false,
      };
    }
    case 2: {
      const name = random.chance(0.5) ? username : textOf(random, "abc", 8);
      return { name: "auth.loginStart", input: { username: name, startLoginRequest }, answers: true };
    }
    case 3:
      return {
        name: "auth.loginFinish",
        input: { challengeId, finishLoginRequest, device: "fuzz" },
        answers: false,
      };
    case 4:
      return {
        name: "auth.recoverStart",
        input: { username, proof: random.chance(0.5) ? attacker.recoveryProof : slot, registrationRequest },
        answers: false,
      };
    case 5:
      return {
        name: "auth.recoverFinish",
        input: { token: challengeId, registrationRecord, ...rest },
        answers: false,
      };
    case 6:
      return {
        name: "auth.changePasswordStart",
        input: { startLoginRequest, registrationRequest },
        answers: true,
      };
    default:
      return {
        name: "auth.changePassword",
        input: { challengeId, finishLoginRequest, registrationRecord, passwordSlot: slot },
        answers: false,
      };
  }
}

function breakMessage(random: Random, message: string, other: string): string {
  const choice = random.integer(0, 9);
  if (choice === 0) return anyText(random);
  if (choice === 1) return Buffer.from(randomBytes(random, randomLength(random, 400))).toString("base64url");
  if (choice === 2) return mutateText(random, message, other);
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
  return Buffer.from(mutateBytes(random, bytes(message), bytes(other))).toString("base64url");
}
