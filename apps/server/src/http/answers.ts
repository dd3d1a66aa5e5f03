import type { ServerResponse } from "node:http";
import type { ErrorReason } from "@sotto/protocol";
import { errorShapeOf } from "../error-shape.ts";

export function answerJson(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(JSON.stringify(body));
}

const codes = {
  400: "BAD_REQUEST",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  414: "BAD_REQUEST",
  415: "UNSUPPORTED_MEDIA_TYPE",
  426: "BAD_REQUEST",
  500: "INTERNAL_SERVER_ERROR",
} as const;

export type RefusalStatus = keyof typeof codes;

/** A refusal that no procedure made, in the form of those that procedures make. */
export function answerRefusal(
  res: ServerResponse,
  status: RefusalStatus,
  message: string,
  reason: ErrorReason = status === 500 ? "internal" : "bad-input",
): void {
  answerJson(res, status, { error: errorShapeOf({ reason, code: codes[status], message }, status) });
}

export function answerText(res: ServerResponse, status: number, text: string): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "text/plain; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(`${text}\n`);
}
