import type { ServerResponse } from "node:http";
import type { ErrorReason } from "@sotto/protocol";

export function answerJson(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(JSON.stringify(body));
}

/** A refusal that no procedure made, in the words of those that procedures make. */
export function answerRefusal(
  res: ServerResponse,
  status: number,
  reason: ErrorReason,
  message: string,
): void {
  answerJson(res, status, { error: { message, data: { httpStatus: status, reason } } });
}

export function answerText(res: ServerResponse, status: number, text: string): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "text/plain; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(`${text}\n`);
}
