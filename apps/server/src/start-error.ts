export type StartErrorCode = "port-in-use" | "cannot-listen" | "secrets-unusable" | "opaque-setup";

/** A start that failed for a reason that whoever runs the server can remove. The message says what and how. */
export class StartError extends Error {
  override name = "StartError";
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
