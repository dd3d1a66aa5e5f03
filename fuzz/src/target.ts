import type { Random } from "@sotto/chaos/random";

export const faults = {
  accepted: "what must be refused was accepted",
  untyped: "the answer was no error of ours",
  refused: "what is well formed was refused, or came out changed",
  harmed: "somebody or something else was touched",
} as const;
type Fault = keyof typeof faults;

export type Finding = { fault: Fault; what: string; input: string };

/** One part of the product together with inputs for it and a judgement that does not come from it. */
export type Target = {
  readonly name: string;
  /** Inputs in one round. */
  readonly share: number;
  /** So many attempts may be under way at once; 1 when absent. */
  readonly width?: number;
  /** Makes one input, the same for the same `random`, tries it, and answers null where all is as it must be. */
  attempt(random: Random): Finding | null | Promise<Finding | null>;
  /** What can only be seen after a round: did anybody else notice? */
  settle?(): Promise<Finding | null>;
};

/** What a call did: answered, refused with the error that it promises, or something that nobody promised. */
export type Outcome<T> =
  | { kind: "answered"; value: T }
  | { kind: "refused" }
  | { kind: "untyped"; error: unknown };

export function outcomeOf<T>(isTyped: (error: unknown) => boolean, run: () => T): Outcome<T> {
  try {
    return { kind: "answered", value: run() };
  } catch (error) {
    return isTyped(error) ? { kind: "refused" } : { kind: "untyped", error };
  }
}

/**
 * Compares an outcome with what an independent judge expects: `null` where the input must be refused, else a check of
 * the value.
 */
export function compare<T>(
  outcome: Outcome<T>,
  expected: null | ((value: T) => boolean),
  input: () => string,
): Finding | null {
  if (outcome.kind === "untyped") {
    return { fault: "untyped", what: describe(outcome.error), input: input() };
  }
  if (outcome.kind === "refused") {
    return expected === null ? null : { fault: "refused", what: "a well-formed input", input: input() };
  }
  if (expected === null) return { fault: "accepted", what: "a broken input", input: input() };
  return expected(outcome.value) ? null : { fault: "refused", what: "other content", input: input() };
}

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
