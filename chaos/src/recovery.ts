/**
 * How long clients were away. Only clean cases count: a client that something else hit before it was back says
 * nothing about this fault.
 */
import type { DeviceLog } from "./journal.ts";
import type { Deed } from "./nemesis.ts";

export type Recovery = {
  /** From the kill of the server to each client's next connection, its restart included. */
  afterServerKillMs: number[];
  /** From the moment in which a connection died without a word to the next one. */
  afterDeadConnectionMs: number[];
};

export function measureRecovery(
  logs: readonly DeviceLog[],
  deeds: readonly Deed[],
  hostOf: (device: string) => number,
): Recovery {
  const recovery: Recovery = { afterServerKillMs: [], afterDeadConnectionMs: [] };
  for (const { device, lives } of logs) {
    const changes = lives.flat().filter((line) => line.kind === "connection");
    for (const deed of deeds) {
      const { fault, fromMs } = deed;
      const target =
        fault.kind === "kill-server"
          ? recovery.afterServerKillMs
          : fault.kind === "network" && fault.how === "dead-connections" && fault.devices.includes(device)
            ? recovery.afterDeadConnectionMs
            : null;
      if (target === null) continue;
      const wasOnline = changes.findLast(({ atMs }) => atMs <= fromMs)?.state === "online";
      const back = changes.find(({ atMs, state }) => atMs > fromMs && state === "online");
      // Of several nodes another one may have been killed.
      const left = changes.find(({ atMs }) => atMs > fromMs);
      if (!wasOnline || back === undefined || left === back) continue;
      const clean = deeds.every(
        (other) =>
          other === deed ||
          other.toMs < fromMs - 1_000 ||
          other.fromMs > back.atMs ||
          !touches(other, device, hostOf(device)),
      );
      if (clean) target.push(back.atMs - fromMs);
    }
  }
  return recovery;
}

function touches({ fault }: Deed, device: string, host: number): boolean {
  switch (fault.kind) {
    case "network":
      return fault.devices.includes(device);
    case "kill-clients":
    case "freeze-clients":
      return fault.host === host;
    case "end-session":
      return fault.device === device;
    case "skew-clock":
      return false;
    default:
      return true;
  }
}
