export { setTimeout as delay } from "node:timers/promises";
import { setTimeout as delay } from "node:timers/promises";

const pollMs = 5;

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(pollMs);
}
