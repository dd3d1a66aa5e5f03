import { decodeBase64, encodeBase64 } from "@sotto/crypto";
import { SottoError } from "../errors.ts";
import { lockFile } from "./file-lock.ts";
import { openValue, sealValue } from "./record-cipher.ts";
import { createSortedRecords } from "./sorted-records.ts";
import type { Change, Store } from "./store.ts";

const header = "sotto-store 1";
/** A journal is rewritten once it holds this many times more lines than there are records. */
const rewriteFactor = 4;
const rewriteMinLines = 2_000;

/**
 * A store in one file of mode 0600, for programs in Node.
 *
 * The file is a journal: each commit appends one line, so a commit is there whole or not at all, and a process killed
 * in the middle of a line loses only what was never acknowledged. Appends reach the operating system before a commit
 * resolves; they are not flushed to the disk, so a power cut may lose the last ones.
 *
 * `key` encrypts each line: 32 bytes, or a passphrase that is stretched to them (scrypt, RFC 7914). Without a key the
 * file holds the account's secret in the clear, protected by its mode alone. A second process that opens the same file
 * is refused.
 *
 * @throws SottoError `store-in-use`, `store-unreadable`
 */
export function fileStore(path: string, options: { key?: Uint8Array | string } = {}): Store {
  const records = createSortedRecords();
  let key: Uint8Array | undefined;
  let opened: Promise<Journal> | null = null;
  let writing: Promise<void> = Promise.resolve();

  function open(): Promise<Journal> {
    opened ??= openAndRead().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  }

  async function openAndRead(): Promise<Journal> {
    const journal = await openJournal(path);
    try {
      key = typeof options.key === "string" ? await stretch(options.key) : options.key;
      for (const line of journal.lines) records.apply(decodeLine(line, key));
    } catch (error) {
      await journal.close();
      throw error;
    }
    return journal;
  }

  function exclusively(task: () => Promise<void>): Promise<void> {
    const result = writing.then(task);
    writing = result.catch(() => undefined);
    return result;
  }

  return {
    async get(name) {
      await open();
      return records.get(name);
    },
    async list(range) {
      await open();
      return records.list(range);
    },
    commit: (changes) =>
      exclusively(async () => {
        const journal = await open();
        await journal.append(encodeLine(changes, key));
        records.apply(changes);
        if (journal.lineCount > Math.max(rewriteMinLines, records.size * rewriteFactor)) {
          // The commit stands already; where there is no room to tidy up, the next one tries again.
          await journal.rewrite([encodeLine(records.snapshot(), key)]).catch(() => undefined);
        }
      }),
    erase: () =>
      exclusively(async () => {
        const journal = await open();
        records.clear();
        await journal.rewrite([]);
      }),
    close: () =>
      exclusively(async () => {
        const journal = await opened;
        opened = null;
        records.clear();
        await journal?.close();
      }),
  };
}

/** The salt is fixed: a store has one owner, and its passphrase should be hard to guess by itself. */
async function stretch(passphrase: string): Promise<Uint8Array> {
  const { scryptSync } = await import("node:crypto");
  return new Uint8Array(scryptSync(passphrase, "sotto/store/v1", 32));
}

function encodeLine(changes: Change[], key: Uint8Array | undefined): string {
  if (key === undefined) return JSON.stringify(changes);
  return encodeBase64(sealValue(key, "changes", changes));
}

function decodeLine(line: string, key: Uint8Array | undefined): Change[] {
  const encrypted = !line.startsWith("[");
  if (encrypted !== (key !== undefined)) {
    throw new SottoError(
      "store-unreadable",
      encrypted
        ? "The store is encrypted: give its key."
        : "The store is not encrypted, but a key was given.",
    );
  }
  const changes =
    key === undefined ? (JSON.parse(line) as unknown) : openValue(key, "changes", decodeBase64(line));
  return changes as Change[];
}

type Journal = {
  lines: string[];
  readonly lineCount: number;
  append(line: string): Promise<void>;
  rewrite(lines: string[]): Promise<void>;
  close(): Promise<void>;
};

/** Node's modules are loaded here and not above, so that browsers can bundle this package. */
async function openJournal(path: string): Promise<Journal> {
  const { mkdir } = await import("node:fs/promises");
  const nodePath = await import("node:path");
  await mkdir(nodePath.dirname(path), { recursive: true });
  const release = await lockFile(`${path}.lock`);
  try {
    return await openLocked(path, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function openLocked(path: string, release: () => Promise<void>): Promise<Journal> {
  const { open, readFile, rename, rm } = await import("node:fs/promises");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [first, ...rest] = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  if (text !== "" && first !== header) {
    throw new SottoError("store-unreadable", `${path} is not a store of Sotto.`);
  }
  const lines = rest.filter((line) => line !== "");
  let lineCount = lines.length;
  let file = await fresh(lines);

  /** The file that was written is the one that goes on being written: opened anew it might be none at all. */
  async function fresh(content: string[]) {
    const temporary = `${path}.new`;
    await rm(temporary, { force: true });
    const next = await open(temporary, "a", 0o600);
    try {
      await next.chmod(0o600);
      await next.appendFile([header, ...content, ""].join("\n"));
      await next.sync();
      await rename(temporary, path);
      return next;
    } catch (error) {
      await next.close();
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    lines,
    get lineCount() {
      return lineCount;
    },
    async append(line) {
      const { size } = await file.stat();
      try {
        await file.appendFile(`${line}\n`);
      } catch (error) {
        // Half a line in the middle would make the rest unreadable.
        await file.truncate(size);
        throw error;
      }
      lineCount += 1;
    },
    async rewrite(content) {
      const last = file;
      file = await fresh(content);
      lineCount = content.length;
      await last.close();
    },
    async close() {
      await file.close();
      await release();
    },
  };
}
