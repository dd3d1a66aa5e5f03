/** Many real clients over a few processes, all on one server. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FromFleet, ToFleet } from "./fleet-protocol.ts";
import type { Member } from "./members.ts";

const fleetMain = fileURLToPath(new URL("fleet-main.ts", import.meta.url));
const packageRoot = fileURLToPath(new URL("../..", import.meta.url));
const openTimeoutMs = 600_000;

type Latencies = { valuesMs: number[]; pending: number; received: number };

export type Fleet = AsyncDisposable & {
  readonly size: number;
  /** Answers of HTTP with a status of 400 or more, "status path", since the fleet opened. */
  readonly refused: string[];
  /** Errors of clients, as they came. */
  readonly troubles: string[];
  /**
   * For everyone the time, of this machine's clock, at which it was live again after `strike`: connected, its own
   * message acknowledged and its partner's arrived.
   * @throws Error when some are not by then
   */
  probe(strike: () => Promise<void>, timeoutMs: number): Promise<number[]>;
  /** All together so many messages a second. */
  talk(perSecond: number, textLength: number): void;
  hush(): void;
  /** Since the last time this was asked. */
  latencies(): Promise<Latencies>;
};

/** Resolves when everyone is connected and has a conversation with its neighbour. An even number of members. */
export async function launchFleet(
  members: readonly Member[],
  { url, processes }: { url: string; processes: number },
): Promise<Fleet> {
  const children: ChildProcess[] = [];
  const refused: string[] = [];
  const troubles: string[] = [];
  let round = 0;
  let onLive: (member: string, atMs: number) => void = () => undefined;

  function tellAll(message: ToFleet): void {
    for (const child of children) if (child.connected) child.send(message);
  }

  function hear(message: FromFleet): void {
    if (message.say === "refused") refused.push(`${message.status} ${message.path}`);
    if (message.say === "trouble") troubles.push(message.text);
    if (message.say === "live" && message.round === round) onLive(message.member, message.atMs);
  }

  const opened = deal(members, processes).map(async (share) => {
    const child = fork(fleetMain, [], {
      cwd: packageRoot,
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.push(child);
    child.on("message", hear);
    child.send({ say: "open", url, pairs: share } satisfies ToFleet);
    await answerOf(child, "open");
  });

  async function close(): Promise<void> {
    const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const exits = running.map((child) => once(child, "exit"));
    tellAll({ say: "close" });
    const timer = setTimeout(() => running.forEach((child) => child.kill("SIGKILL")), 30_000);
    await Promise.all(exits);
    clearTimeout(timer);
  }

  try {
    await inTime(Promise.all(opened), openTimeoutMs, () => "the clients did not connect");
  } catch (error) {
    for (const child of children) child.kill("SIGKILL");
    throw error;
  }
  return {
    size: members.length,
    refused,
    troubles,
    async probe(strike, timeoutMs) {
      round += 1;
      const times = new Map<string, number>();
      const all = new Promise<void>((resolve) => {
        onLive = (member, atMs) => {
          times.set(member, atMs);
          if (times.size === members.length) resolve();
        };
      });
      tellAll({ say: "probe", round });
      await strike();
      await inTime(all, timeoutMs, () => `${members.length - times.size} clients are not back`);
      return [...times.values()];
    },
    talk: (perSecond, textLength) =>
      tellAll({ say: "talk", perSecond: perSecond / children.length, textLength }),
    hush: () => tellAll({ say: "hush" }),
    async latencies() {
      const answers = children.map((child) => answerOf(child, "latencies"));
      tellAll({ say: "latencies" });
      const all = await Promise.all(answers);
      return {
        valuesMs: all.flatMap(({ valuesMs }) => valuesMs),
        pending: all.reduce((sum, { pending }) => sum + pending, 0),
        received: all.reduce((sum, { received }) => sum + received, 0),
      };
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Neighbours are each other's partners; a process has whole pairs. */
function deal(members: readonly Member[], processes: number) {
  const shares: { member: Member; partner: string }[][] = Array.from({ length: processes }, () => []);
  members.forEach((member, index) => {
    const partner = members[index ^ 1]?.username ?? "";
    shares[(index >> 1) % processes]?.push({ member, partner });
  });
  return shares;
}

function answerOf<Say extends FromFleet["say"]>(
  child: ChildProcess,
  say: Say,
): Promise<Extract<FromFleet, { say: Say }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromFleet) => {
      if (message.say !== say) return;
      child.off("message", listen);
      child.off("exit", fail);
      resolve(message as Extract<FromFleet, { say: Say }>);
    };
    const fail = (code: number | null) =>
      reject(new Error(`A process of the fleet ended with ${code ?? "a signal"}.`));
    child.on("message", listen);
    child.once("exit", fail);
  });
}

async function inTime<T>(task: Promise<T>, timeoutMs: number, describe: () => string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`After ${Math.round(timeoutMs / 1_000)} s ${describe()}.`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([task, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
