import { spawn, type ChildProcess } from "node:child_process";
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

/** Runs a script in another process. */
export function startChild(script: URL, ...args: string[]): Child {
  const path = fileURLToPath(script);
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", path, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined || !stdin || !stdout || !stderr) throw new Error(`${path} did not start.`);
  const exited = once(child, "exit");
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
