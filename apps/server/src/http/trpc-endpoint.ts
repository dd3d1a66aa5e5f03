import type { IncomingMessage, ServerResponse } from "node:http";
import { isSessionLive } from "@sotto/db";
import { limits } from "@sotto/protocol";
import type { AnyProcedure, TRPCError } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { App } from "../app.ts";
import type { Context } from "../context.ts";
import { refusalOf } from "../error-shape.ts";
import { describeError } from "../lib/logger.ts";
import { notSignedIn, RequestError, sessionEnded, socketOnly } from "../lib/request-error.ts";
import { appRouter } from "../router.ts";
import { addressOf } from "./address.ts";
import { answerRefusal, type RefusalStatus } from "./answers.ts";
import type { HttpExchange } from "./http-exchange.ts";

export const trpcPath = "/api/trpc/";

/** tRPC keeps them under their dotted names, and types them as the nested router they came from. */
const procedures = appRouter._def.procedures as unknown as Record<string, AnyProcedure>;
const subscriptions = new Set(
  Object.keys(procedures).filter((name) => procedures[name]?._def.type === "subscription"),
);

export async function answerTrpc(
  app: App,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
): Promise<void> {
  const refusal = findHttpFault(app, req);
  if (refusal) {
    if (refusal.status === 405) res.setHeader("Allow", "GET, POST");
    answerRefusal(res, refusal.status, refusal.message);
    return;
  }
  if (namesSubscription(path)) {
    const { message, reason } = socketOnly();
    answerRefusal(res, 400, message, reason);
    return;
  }
  res.setHeader("Cache-Control", "no-store");
  await nodeHTTPRequestHandler({
    router: appRouter,
    req,
    res,
    path,
    maxBodySize: limits.httpBodyMaxBytes,
    maxBatchSize: limits.batchMaxCalls,
    createContext: ({ info }) => createHttpContext(app, { req, res, left: info.signal }),
    onError: ({ error, path: procedure }) => logUnexpected(app, error, procedure),
  });
}

/** Some calls live on a cookie, so a page of another origin must not be able to make any. */
function findHttpFault(app: App, req: IncomingMessage): { status: RefusalStatus; message: string } | null {
  const { origin } = req.headers;
  if (origin !== undefined && !app.origins.has(origin)) {
    return { status: 403, message: "This server does not answer pages of other origins." };
  }
  if (req.method === "GET") return null;
  if (req.method !== "POST") return { status: 405, message: "Calls are made with GET or POST." };
  const type = req.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json")
    return { status: 415, message: "The content type must be application/json." };
  return null;
}

/** tRPC would open a stream of events for it, answer 200 and refuse only inside. */
function namesSubscription(path: string): boolean {
  try {
    return decodeURIComponent(path)
      .split(",")
      .some((name) => subscriptions.has(name));
  } catch {
    return false;
  }
}

async function createHttpContext(app: App, http: HttpExchange): Promise<Context> {
  const common = { app, address: addressOf(http.req, app.config.trustProxy), socket: null, http };
  const token = bearerOf(http.req);
  if (token === null) return { ...common, session: null, denial: null };
  const session = app.accessTokens.findAccessSession(token);
  if (!session) return { ...common, session: null, denial: notSignedIn() };
  if (!(await isSessionLive(app.db, session))) return { ...common, session: null, denial: sessionEnded() };
  return { ...common, session, denial: null };
}

export function bearerOf(req: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? "")?.[1] ?? null;
}

/** Refusals are the caller's affair. What nobody foresaw is logged with its path, never with its input. */
export function logUnexpected(app: App, error: TRPCError, path: string | undefined): void {
  const { reason } = refusalOf(error);
  if (error.cause instanceof RequestError || (reason !== "internal" && reason !== "unavailable")) return;
  app.logger.error({ path, error: describeError(error.cause ?? error) }, "call failed");
}
