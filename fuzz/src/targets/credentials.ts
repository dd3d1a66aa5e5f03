/** Tokens, tickets and cookies as they come over HTTP: none but the genuine one opens anything. */
import { randomUUID } from "node:crypto";
import type { Random } from "@sotto/chaos/random";
import { anyText, mutateText, textOf } from "../inputs/text.ts";
import type { FuzzServer } from "../server/fuzz-server.ts";
import { send, type HttpInput } from "../server/http.ts";
import { faultOfError, isRecord, parseJson } from "../server/judge.ts";
import type { Target } from "../target.ts";
import { makeToken } from "./tokens.ts";

const refusals = new Set([400, 401, 403]);
const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export async function credentialsTarget(server: FuzzServer): Promise<Target> {
  const { victim } = server;
  const { token: ticket } = await victim.api.auth.ticket.mutate();
  const genuine = { access: victim.accessToken, ticket, cookie: victim.jar.cookie ?? "" };

  return {
    name: "credentials",
    share: 40,
    width: 8,
    async attempt(random) {
      const request = makeRequest(random, genuine);
      const input = JSON.stringify(request);
      const { status, text } = await send(server, request);
      const [error] = server.takeErrors();
      if (error !== undefined) return { fault: "untyped", what: error, input };
      if (status === 101 || status < 400) return { fault: "accepted", what: `status ${status}`, input };
      if (!refusals.has(status)) return { fault: "untyped", what: `status ${status}: ${text}`, input };
      if (request.headers["upgrade"] !== undefined) return null;
      const answer = parseJson(text);
      const fault = isRecord(answer) ? faultOfError(answer["error"]) : "no JSON";
      return fault === null ? null : { fault: "untyped", what: fault, input };
    },
    settle: () => server.findHarm(),
  };
}

function makeRequest(random: Random, genuine: { access: string; ticket: string; cookie: string }): HttpInput {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": Buffer.from(randomUUID().slice(0, 16)).toString("base64"),
  };
  switch (random.integer(0, 3)) {
    case 0:
      return call("GET", "feed.head", { authorization: makeHeader(random, genuine.access, genuine.ticket) });
    case 1:
      return call("POST", "auth.refresh", { cookie: makeCookie(random, genuine.cookie) });
    case 2: {
      const token = broken(random, genuine.ticket, genuine.access);
      const query = `token=${encodeURIComponent(token.replace(/\p{Surrogate}/gu, ""))}`;
      return { method: "GET", path: `/api/ws?${query}`, headers: upgrade, body: null };
    }
    default: {
      const authorization = makeHeader(random, genuine.access, genuine.ticket);
      return { method: "GET", path: "/api/ws", headers: { ...upgrade, authorization }, body: null };
    }
  }
}

function call(method: string, name: string, headers: Record<string, string>): HttpInput {
  const body = method === "POST" ? "{}" : null;
  return {
    method,
    path: `/api/trpc/${name}`,
    headers: { "content-type": "application/json", ...headers },
    body,
  };
}

function makeHeader(random: Random, token: string, other: string): string {
  if (random.chance(0.2))
    return `${random.pick(["Basic ", "Token ", "", "Bearer", "Bearer  ", "Bearer x "])}${token}`;
  return `Bearer ${broken(random, token, other)}`;
}

function broken(random: Random, token: string, other: string): string {
  const made = makeToken(random, token, other);
  // What is trimmed away on the way does not make it another token.
  return made.trim() === token ? `${token}x` : made;
}

function makeCookie(random: Random, cookie: string): string {
  const [name = "", value = ""] = cookie.split("=", 2);
  const other = textOf(random, base64url, value.length);
  const made = random.chance(0.2) ? anyText(random) : mutateText(random, value, other);
  const isGenuine = made.split(";").some((part) => part.trim() === value);
  return `${name}=${isGenuine ? other : made}`;
}
