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

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
