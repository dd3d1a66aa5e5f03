import { createHmac } from "node:crypto";
import { createAccessTokens } from "@sotto/server/access-tokens";
import type { Random } from "@sotto/chaos/random";
import { anyText, mutateText } from "../inputs/text.ts";
import { anyValue, mutateValue } from "../inputs/value.ts";
import { describe, type Target } from "../target.ts";

const secret = "a secret of the fuzzer, longer than thirty-two characters";
const hour = 60 * 60 * 1_000;
const session = {
  userId: "018f3c6e-0000-7000-8000-00000000000a",
  sessionId: "018f3c6e-0000-7000-8000-00000000000b",
};
const headers = [
  { alg: "none", typ: "JWT" },
  { alg: "None" },
  { alg: "HS256", typ: "JWT", kid: "../../dev/null" },
  { alg: "HS384" },
  { alg: "HS512" },
  { alg: "RS256", typ: "JWT" },
  { alg: "ES256", jwk: { kty: "oct", k: "AA" } },
  { alg: "HS256", typ: "JWT", crit: ["exp"] },
];

/**
 * Tokens that the server did not make for this use: altered, of another kind, signed with another key or another
 * algorithm, signed rightly with claims that no token of ours has. None may give a session.
 */
export function tokensTarget(create = createAccessTokens): Target {
  const tokens = create(secret, { accessMs: 100 * hour, ticketMs: 100 * hour });
  // Times stand in tokens: these are the one thing here that differs from run to run.
  const access = tokens.createAccessToken(session);
  const ticket = tokens.createTicket(session);

  return {
    name: "tokens",
    share: 3_000,
    attempt(random) {
      const own = random.chance(0.5) ? access : ticket;
      const token = makeToken(random, own, own === access ? ticket : access);
      try {
        const asAccess = token !== access && tokens.findAccessSession(token) !== null;
        const asTicket = token !== ticket && tokens.findTicket(token) !== null;
        return asAccess || asTicket ? { fault: "accepted", what: "a token", input: token } : null;
      } catch (error) {
        return { fault: "untyped", what: describe(error), input: token };
      }
    },
  };
}

export function makeToken(random: Random, token: string, other: string): string {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const parts = other.split(".");
  switch (random.integer(0, 7)) {
    case 0:
      return anyText(random);
    case 1:
      return [head, parts[1], signature].join(".");
    case 2:
      return signed(random.pick(headers), claims, random.chance(0.5) ? secretGuess(random) : null);
    case 3:
      return [encode(random.pick(headers)), claims, random.chance(0.5) ? signature : ""].join(".");
    case 4:
      return [head, encode(mutateValue(random, decode(claims))), signature].join(".");
    case 5:
      return [encode(anyValue(random)), encode(anyValue(random)), signature].join(".");
    case 6:
      return signed({ alg: "HS256", typ: "JWT" }, claims, secretGuess(random));
    default:
      return mutateText(random, token, other);
  }
}

function secretGuess(random: Random): string {
  return random.pick(["", "secret", "sotto", "null", "undefined", anyText(random)]);
}

function signed(header: object, claims: string, key: string | null): string {
  const text = `${encode(header)}.${claims}`;
  const signature = key === null ? "" : createHmac("sha256", key).update(text).digest("base64url");
  return `${text}.${signature}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value) ?? "").toString("base64url");
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}
