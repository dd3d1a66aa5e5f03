/** For each line on stdin, tries to take the lock given as argument, and says how that went. */
import { createInterface } from "node:readline";
import { lockFile } from "../src/stores/file-lock.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

say("ready");
for await (const _line of createInterface({ input: process.stdin })) {
  try {
    await lockFile(process.argv[2] ?? "");
    say("locked");
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
