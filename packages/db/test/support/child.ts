import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Child = {
  pid: number;
  /** The next line that it prints; throws what it wrote to stderr when it ends without one. */
  line: () => Promise<string>;
  say: (line: string) => void;
  /** SIGKILL: it gets no chance to clean up. */
  kill: () => Promise<void>;
};

/** Gives the process that it starts ids of its own, as a container does, and ends with it. */
const unshare = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Not everybody may make namespaces, and other systems have none. */
export const canUnshare = spawnSync("env", [...unshare, "true"]).status === 0;

/** Runs a script in another process. */
export function startChild(script: URL, ...args: string[]): Child {
  return start([], script, args);
}

/** Runs a script in another process, whose own id of it is another than ours. */
export function startElsewhere(script: URL, ...args: string[]): Child {
  return start(unshare, script, args);
}

function start(wrapper: string[], script: URL, args: string[]): Child {
  const path = fileURLToPath(script);
  const command = [...wrapper, process.execPath, "--import", "tsx", path, ...args];
  const child: ChildProcess = spawn("env", command, { stdio: ["pipe", "pipe", "pipe"] });
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined || !stdin || !stdout || !stderr) throw new Error(`${path} did not start.`);
  // Not before everything that it started has ended as well.
  const exited = once(child, "close");
  stdin.on("error", () => undefined);
  let complaint = "";
  stderr.on("data", (text: Buffer) => {
    complaint += text.toString();
  });
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    pid,
    async line() {
      const { value, done } = await lines.next();
      if (done === true || value === undefined) throw new Error(`${path} ended: ${complaint}`);
      return value;
    },
    say: (line) => void stdin.write(`${line}\n`),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
