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

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
