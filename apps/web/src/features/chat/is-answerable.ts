import type { Message } from "@sotto/client";

/** Whether the server has it, so that others can see what is said about it. */
export function isAnswerable({ state }: Message): boolean {
  return state !== "refused" && state !== "imported";
}

/** Whether it has words that can be written anew, if it is one's own. */
export function isEditable(message: Message): boolean {
  return isAnswerable(message) && !message.deleted && message.problem === undefined;
}
