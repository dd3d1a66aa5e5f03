import { setTimeout as delay } from "node:timers/promises";
import type { Crew } from "./crew.ts";

/** Waits until so many sends were acknowledged, or the time is over. Those of clients that were killed do not count. */
export async function awaitAcknowledged(crew: Crew, least: number, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  while (Date.now() < deadlineMs) {
    const devices = await crew.status(2_000);
    if (devices.reduce((sum, { acknowledged }) => sum + acknowledged, 0) >= least) return;
    await delay(100);
  }
}

/** The feed polls the database every 5 seconds for wake-ups that got lost; quiet is what outlasts that. */
const quietMs = 6_500;

/**
 * Waits until everyone is connected, has nothing on its way, and has heard nothing for longer than the slowest repair
 * takes. Null then; else who was not when the time was over.
 */
export async function settle(crew: Crew, clients: number, timeoutMs: number): Promise<string | null> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const devices = await crew.status(2_000);
    const restless = devices.filter(
      (device) => !device.online || device.pending > 0 || device.quietMs < quietMs,
    );
    if (restless.length === 0 && devices.length === clients) return null;
    if (Date.now() > deadlineMs) {
      const stuck = restless.map(
        ({ device, online, pending }) =>
          `${device} ${online ? "online" : "offline"}, ${pending} on their way`,
      );
      return `${clients - devices.length} clients silent; ${stuck.join("; ")}`;
    }
    await delay(300);
  }
}
