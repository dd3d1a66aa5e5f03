/** The processes that host the clients: starts them, kills them, starts them again on what they left. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "./cast.ts";
import type { DeviceStatus, FromHost, HostTask, ToHost } from "./host-protocol.ts";
import { type DeviceLog, parseJournal } from "./journal.ts";

const hostMain = fileURLToPath(new URL("host-main.ts", import.meta.url));
const packageRoot = fileURLToPath(new URL("..", import.meta.url));

type Running = { child: ChildProcess; ready: Promise<void>; status: DeviceStatus[] };

type HostState = {
  host: Host;
  life: number;
  skewMs: number;
  conversationIds: Record<string, string[]>;
  running: Running | null;
};

export type Crew = {
  startAll(): Promise<void>;
  talk(): void;
  hush(): void;
  /** kill -9; gone when this resolves. Gives what starts it again. Null where it is not running. */
  kill(host: number): Promise<(() => Promise<void>) | null>;
  /** It stands still. Gives what lets it go on. */
  freeze(host: number): () => void;
  endSession(device: string, how: "revoke" | "sign-out"): void;
  skew(host: number, skewMs: number): void;
  /** What every device says now. Empty for hosts that do not answer in time. */
  status(timeoutMs: number): Promise<DeviceStatus[]>;
  /** Histories written, everything closed. False where a host did not manage in time. */
  finish(timeoutMs: number): Promise<boolean>;
  killAll(): Promise<void>;
  readLogs(): Promise<DeviceLog[]>;
};

export function createCrew(input: {
  hosts: Host[];
  folder: string;
  seed: number;
  marker: string;
  password: string;
  urlOf: (device: string) => string;
  onTrouble: (text: string) => void;
}): Crew {
  const { folder, seed, marker, password, urlOf, onTrouble } = input;
  let talking = false;
  const states = input.hosts.map((host): HostState => ({
    host,
    life: 0,
    skewMs: 0,
    conversationIds: {},
    running: null,
  }));
  const devices = input.hosts.flatMap((host) => host.devices.map(({ name }) => name));

  function tell({ running }: HostState, message: ToHost): void {
    if (running?.child.connected === true) running.child.send(message);
  }

  function journalPath(device: string, life: number): string {
    return join(folder, `${device}.${life}.jsonl`);
  }

  async function start(state: HostState): Promise<void> {
    const { host, life, skewMs } = state;
    const child = fork(hostMain, [], {
      cwd: packageRoot,
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const running: Running = { child, ready: Promise.resolve(), status: [] };
    state.running = running;
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    running.ready = new Promise((resolve) => {
      child.on("message", (message: FromHost) => {
        if (message.say === "status") running.status = message.devices;
        if (message.say === "trouble") onTrouble(`a client (${message.device}): ${message.text}`);
        if (message.say === "ready") {
          state.conversationIds = { ...state.conversationIds, ...message.conversationIds };
          if (talking) tell(state, { say: "talk" });
          resolve();
        }
      });
      child.once("exit", (code) => {
        if (state.running === running && code !== 0) {
          onTrouble(`clients ${host.devices.map(({ name }) => name).join(", ")} ended with ${code}: ${said}`);
        }
        resolve();
      });
    });
    const task: HostTask = {
      seed,
      life,
      marker,
      password,
      skewMs,
      devices: host.devices.map((device) => ({
        device,
        url: urlOf(device.name),
        journalPath: journalPath(device.name, life),
        conversationIds: state.conversationIds[device.name] ?? [],
      })),
    };
    tell(state, { say: "task", task });
    return running.ready;
  }

  async function kill(state: HostState): Promise<void> {
    const { running } = state;
    state.running = null;
    if (running === null || running.child.exitCode !== null) return;
    const exited = once(running.child, "exit");
    running.child.kill("SIGKILL");
    await exited;
    state.life += 1;
  }

  function at(host: number): HostState {
    const state = states[host];
    if (state === undefined) throw new RangeError(`There is no host ${host}.`);
    return state;
  }

  return {
    startAll: async () => {
      await Promise.all(states.map(start));
    },
    talk() {
      talking = true;
      for (const state of states) tell(state, { say: "talk" });
    },
    hush() {
      talking = false;
      for (const state of states) tell(state, { say: "hush" });
    },
    async kill(host) {
      const state = at(host);
      if (state.running === null) return null;
      await kill(state);
      return () => start(state);
    },
    freeze(host) {
      const { running } = at(host);
      running?.child.kill("SIGSTOP");
      return () => running?.child.kill("SIGCONT");
    },
    endSession(device, how) {
      const state = states.find(({ host }) => host.devices.some(({ name }) => name === device));
      if (state !== undefined) tell(state, { say: "end-session", how, device });
    },
    skew(host, skewMs) {
      const state = at(host);
      state.skewMs = skewMs;
      tell(state, { say: "skew", skewMs });
    },
    async status(timeoutMs) {
      const answers = states.map(async (state) => {
        const { running } = state;
        if (running === null) return [];
        running.status = [];
        const answered = new Promise<void>((resolve) => {
          const listen = (message: FromHost) => {
            if (message.say !== "status") return;
            running.child.off("message", listen);
            resolve();
          };
          running.child.on("message", listen);
        });
        tell(state, { say: "status" });
        await inTime(answered, timeoutMs);
        return running.status;
      });
      return (await Promise.all(answers)).flat();
    },
    async finish(timeoutMs) {
      const exits = states.flatMap(({ running }) =>
        running === null || running.child.exitCode !== null ? [] : [once(running.child, "exit")],
      );
      for (const state of states) tell(state, { say: "finish" });
      return inTime(Promise.all(exits), timeoutMs);
    },
    killAll: async () => {
      await Promise.all(states.map(kill));
    },
    readLogs: () =>
      Promise.all(
        devices.map(async (device) => {
          const lives: DeviceLog["lives"] = [];
          const last = states.find(({ host }) => host.devices.some(({ name }) => name === device))?.life ?? 0;
          for (let life = 0; life <= last; life += 1) {
            // A process killed right after its start wrote nothing.
            const text = await readFile(journalPath(device, life), "utf8").catch(() => "");
            lives.push(parseJournal(text));
          }
          return { device, lives };
        }),
      ),
  };
}

/** False where the time was over first. */
async function inTime(task: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false);
  });
  const done = await Promise.race([task.then(() => true as const), timeout]);
  clearTimeout(timer);
  return done;
}
