import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

export type Needle = { name: string; forms: Buffer[] };

/**
 * A secret text as it might lie around: as it is, in UTF-16, in hex, and in base64 at each of the three ways in which
 * it can stand across groups of three bytes.
 */
export function createNeedle(name: string, secret: string): Needle {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // The first and the last group also hold bits of the neighbours.
    return Buffer.from(text.slice(offset === 0 ? 0 : 4, Math.floor((offset + bytes.length) / 3) * 4));
  });
  const hex = bytes.toString("hex");
  const forms = [bytes, Buffer.from(secret, "utf16le"), Buffer.from(hex), Buffer.from(hex.toUpperCase())];
  return { name, forms: [...forms, ...base64] };
}

/** Names of the needles that are in there. */
export function findNeedles(haystack: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter(({ forms }) => forms.some((form) => haystack.includes(form))).map(({ name }) => name);
}

/** The same for a file of any size. */
export async function findInFile(path: string, needles: readonly Needle[]): Promise<string[]> {
  const overlap = Math.max(...needles.flatMap(({ forms }) => forms.map((form) => form.length)));
  const found = new Set<string>();
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      const window = Buffer.concat([tail, chunk as Buffer]);
      for (const name of findNeedles(window, needles)) found.add(name);
      tail = window.subarray(-overlap);
    }
  } catch (error) {
    // A database that is open makes and removes files all the time: what is gone holds nothing.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return [...found];
}

/** Every file below a folder. */
export async function* walk(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}
