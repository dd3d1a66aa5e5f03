export type DatabaseErrorCode =
  | "unreachable"
  | "too-old"
  | "directory-locked"
  | "directory-unusable"
  | "migration-failed"
  | "newer-schema";

/** Why there is no database. The message is one sentence for the person who starts the server, without secrets. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "DatabaseError";
    this.code = code;
  }
}

/** The SQLSTATE of an error of the database (five characters, PostgreSQL's appendix A), or the code of another error. */
export function findCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** SQLSTATE classes: connection exceptions, insufficient resources (a full disk too), operator intervention. */
const passingClasses = new Set(["08", "53", "57"]);
/** serialization_failure and deadlock_detected: nothing was done, the same work may well succeed now. */
const abortedStates = new Set(["40001", "40P01"]);
const lockNotAvailable = "55P03";
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** The driver's own sentences, which come without a code. */
const lostConnection = /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/;

/** Whether the database gave the work up in favour of another transaction's. */
export function isAborted(error: unknown): boolean {
  return abortedStates.has(findCode(error) ?? "");
}

/** Whether a query failed for want of a database and not for what it asked: it may be repeated as it is. */
export function isUnavailable(error: unknown): boolean {
  const code = findCode(error);
  if (code === null) return error instanceof Error && lostConnection.test(error.message);
  if (isAborted(error) || code === lockNotAvailable) return true;
  return passingClasses.has(code.slice(0, 2)) || networkCodes.has(code);
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
