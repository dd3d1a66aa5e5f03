import { isUnavailable } from "@sotto/db";
import { type ErrorReason, limits } from "@sotto/protocol";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import * as z from "zod/mini";
import { RequestError } from "./lib/request-error.ts";

type Code = TRPCError["code"];

/** tRPC's own sentence. */
const batchTooLarge = "Batch call exceeds maximum size";

const codes: Record<ErrorReason, Code> = {
  "bad-input": "BAD_REQUEST",
  "bad-cursor": "BAD_REQUEST",
  "bad-public-key": "BAD_REQUEST",
  "username-taken": "CONFLICT",
  "unknown-user": "NOT_FOUND",
  "unknown-conversation": "NOT_FOUND",
  "unknown-message": "NOT_FOUND",
  "unknown-session": "NOT_FOUND",
  "wrong-credentials": "UNAUTHORIZED",
  "registration-closed": "FORBIDDEN",
  "invite-code-wrong": "FORBIDDEN",
  "challenge-expired": "BAD_REQUEST",
  "not-signed-in": "UNAUTHORIZED",
  "session-ended": "UNAUTHORIZED",
  "rate-limited": "TOO_MANY_REQUESTS",
  "to-yourself": "BAD_REQUEST",
  "wrong-recipients": "BAD_REQUEST",
  "envelope-invalid": "BAD_REQUEST",
  "envelope-too-large": "PAYLOAD_TOO_LARGE",
  "id-conflict": "CONFLICT",
  "version-conflict": "CONFLICT",
  "too-many-subscriptions": "TOO_MANY_REQUESTS",
  "too-many-blocks": "CONFLICT",
  "socket-only": "BAD_REQUEST",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
};

export type Refusal = { reason: ErrorReason; code: Code; message: string };

/** What an error says to the caller. An error that nobody foresaw says nothing of itself. */
export function refusalOf(error: TRPCError): Refusal {
  const { cause } = error;
  if (cause instanceof RequestError) {
    return { reason: cause.reason, code: codes[cause.reason], message: cause.message };
  }
  if (cause instanceof z.core.$ZodError) {
    const reason = reasonOfIssue(cause.issues[0]);
    return { reason, code: codes[reason], message: sentenceOfIssue(cause.issues[0]) };
  }
  if (isUnavailable(cause)) {
    const message = "The server can't reach its database right now. Try again in a moment.";
    return { reason: "unavailable", code: codes.unavailable, message };
  }
  if (error.code === "INTERNAL_SERVER_ERROR") {
    return { reason: "internal", code: error.code, message: "Something went wrong on the server." };
  }
  return { reason: "bad-input", code: error.code, message: sentenceOfCode(error) };
}

/** The one form in which a refusal travels, whoever made it. */
export function errorShapeOf({ reason, code, message }: Refusal, httpStatus = statusOf(code)) {
  return { message, code: TRPC_ERROR_CODES_BY_KEY[code], data: { code, httpStatus, reason } };
}

function statusOf(code: Code): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code }));
}

/** Whether the call was over a cap of its socket, which ends for it. */
export function exceedsSocket({ cause, message }: TRPCError): boolean {
  if (cause instanceof RequestError) return cause.reason === "too-many-subscriptions";
  return message === batchTooLarge;
}

/** What tRPC itself refuses comes in words for programmers, some with a piece of the input in them. Ours instead. */
function sentenceOfCode({ code, message }: TRPCError): string {
  if (message === batchTooLarge) {
    return `One request holds at most ${limits.batchMaxCalls} calls. Send the others in another.`;
  }
  if (message.startsWith("Duplicate id")) return "A subscription with this id is open. Use another id.";
  switch (code) {
    case "NOT_FOUND":
      return "There is no procedure of this name.";
    case "METHOD_NOT_SUPPORTED":
      return "Queries are made with GET, changes with POST.";
    case "PAYLOAD_TOO_LARGE":
      return `The request is over the limit of ${limits.httpBodyMaxBytes} bytes. Send it in parts.`;
    case "UNSUPPORTED_MEDIA_TYPE":
      return "The content type must be application/json.";
    default:
      return "This is not a call that can be read.";
  }
}

type Issue = z.core.$ZodIssue | undefined;

/** Some fields have a reason of their own, whichever check noticed. */
function reasonOfIssue(issue: Issue): ErrorReason {
  switch (issue?.path.at(-1)) {
    case "content":
      return issue?.code === "too_big" ? "envelope-too-large" : "envelope-invalid";
    case "publicKey":
      return "bad-public-key";
    case "cursor":
    case "lastEventId":
      return "bad-cursor";
    default:
      return "bad-input";
  }
}

function sentenceOfIssue(issue: Issue): string {
  if (!issue) return "The input is not valid.";
  if (/^[A-Z].*\.$/.test(issue.message)) return issue.message;
  const field = issue.path.length === 0 ? "The input" : issue.path.join(".");
  return `${field} ${complaintOf(issue)}.`;
}

/** The schemas are of zod/mini, which brings no sentences of its own: ours, where the schema gives none. */
function complaintOf(issue: z.core.$ZodIssue): string {
  if (issue.message !== "Invalid input") return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `must be of type ${issue.expected}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    default:
      return "is not valid";
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters long";
  if (origin === "array") return " items long";
  return "";
}
