import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pingDatabase } from "@sotto/db";
import type { App } from "../app.ts";
import { isFromThisMachine } from "./address.ts";
import { answerJson, answerText } from "./answers.ts";

const pingTimeoutMs = 3_000;

export type Status = { version: string; engine: string; durability: string };

/** The process lives. */
export function answerHealth(res: ServerResponse, status: Status): void {
  answerJson(res, 200, { status: "ok", ...status });
}

/**
 * It makes sense to send people here: the database answers and the server is not about to stop. A node that has lost
 * the others still serves everyone, and what happens elsewhere reaches its people with the next safety poll: that is
 * worth an alarm, and no reason to send anyone away.
 */
export async function answerReadiness(app: App, res: ServerResponse, stopping: boolean): Promise<void> {
  if (stopping) {
    answerJson(res, 503, { status: "stopping" });
    return;
  }
  try {
    await Promise.race([pingDatabase(app.db), rejectAfter(pingTimeoutMs)]);
    answerJson(res, 200, readiness[app.notifier.reach()]);
  } catch {
    answerJson(res, 503, { status: "database-unreachable" });
  }
}

const readiness = {
  alone: { status: "ready" },
  "all-nodes": { status: "ready", nats: "connected" },
  "this-node": { status: "degraded", nats: "disconnected" },
} as const;

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("The database did not answer in time.")), timeoutMs).unref();
  });
}

export async function answerMetrics(app: App, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { metricsToken } = app.config;
  const allowed = metricsToken === null ? isFromThisMachine(req) : holdsToken(req, metricsToken);
  if (!allowed) {
    const how =
      metricsToken === null ? "only to this machine; set METRICS_TOKEN to change that" : "with the token";
    answerText(res, metricsToken === null ? 403 : 401, `Metrics are given ${how}.`);
    return;
  }
  const { registry } = app.metrics;
  const text = await registry.metrics();
  res.setHeader("Content-Type", registry.contentType);
  res.setHeader("Cache-Control", "no-store");
  res.end(text);
}

function holdsToken(req: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(req.headers.authorization ?? ""), digest(`Bearer ${token}`));
}
