/** For each line on stdin, tries to lock the directory given as argument, and says how that went. */
import { createInterface } from "node:readline";
import { lockDirectory } from "../../src/engine/directory-lock.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const [directory = ""] = process.argv.slice(2);
say("ready");
for await (const _line of createInterface({ input: process.stdin })) {
  try {
    await lockDirectory(directory);
    say("locked");
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
