import type { Message } from "@sotto/client";

/** Whether the server has it, so that others can see what is said about it. */
export function isAnswerable({ state }: Message): boolean {
  return state !== "refused" && state !== "imported";
}
