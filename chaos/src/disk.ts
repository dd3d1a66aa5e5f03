/**
 * A small file system that can be filled up, for the server's data. Only where this process may mount one: elsewhere
 * the reason is given, and the run goes on without full disks.
 */
import { execFile } from "node:child_process";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type SmallDisk = AsyncDisposable & {
  path: string;
  /** Takes every byte that is left. */
  fill(): Promise<void>;
  free(): Promise<void>;
};

const blockBytes = 4 * 1024 * 1024;

/** @returns the reason, in words, where there can be none */
export async function openSmallDisk(path: string, sizeMb: number): Promise<SmallDisk | string> {
  if (process.platform !== "linux") return "this system has no tmpfs";
  if (process.getuid?.() !== 0) return "mounting a small file system needs root";
  await mkdir(path);
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m,mode=1777`, "sotto-chaos", path]);
  } catch {
    await rm(path, { recursive: true });
    return "this machine does not allow to mount a file system";
  }
  const filler = join(path, "filler");
  return {
    path,
    async fill() {
      const file = await open(filler, "w");
      try {
        for (let block = blockBytes; block >= 4_096;) {
          try {
            await file.write(Buffer.alloc(block));
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
            block /= 4;
          }
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
    async [Symbol.asyncDispose]() {
      await run("umount", ["-l", path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}
