import type { DestinationStream, Logger } from "pino";
import { pino } from "pino";

/** Lines of JSON on standard output. No line ever holds a token, a cookie, a password or what people wrote. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * What of an error may be logged: name, code, message and stack. A database error also carries the row it failed on,
 * and that stays out.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { name: error.name, message: error.message, stack: error.stack, ...code };
}
