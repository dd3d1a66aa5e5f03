import { canonicalUsername } from "@sotto/protocol";
import type { Emitter } from "./emitter.ts";
import { SottoError } from "./errors.ts";
import { notAnExport, parseExportRecord } from "./export-format.ts";
import { createImportWriter } from "./import-writer.ts";
import {
  type Destination,
  type ExportedAccount,
  type ExportedConversation,
  groupExport,
  toImportedRecord,
} from "./imported-records.ts";
import type { Library } from "./library.ts";
import { type ConversationRecord, keys, type MessageRecord } from "./records.ts";
import type { Store } from "./stores/store.ts";

/** Records that are checked before other work has its turn. */
const recordsAtOnce = 2_000;

/** `present`: messages that were here already. `missing`: people of the file with whom there is no conversation here. */
export type ImportResult = { imported: number; present: number; missing: string[] };

/**
 * Takes a person's own export in. Its messages join those of the same people, by id on the server that they came from,
 * by name on another, and are marked as what they are: nobody but the file says that they were ever sent. No
 * conversation is opened for it: a file must not tell a server whom one knows, nor show one to whoever has a name there.
 */
export function createImport(input: {
  store: Store;
  library: Library;
  emitter: Emitter;
  user: { id: string; username: string };
}) {
  const { store, library, emitter, user } = input;
  const writer = createImportWriter(store, library);
  let running: AbortController | null = null;
  let closed = false;

  function assertOwn({ user: owner }: ExportedAccount): void {
    if (owner.id === user.id || isSameName(owner, user)) return;
    const text = `This is the export of ${owner.username}, and you are ${user.username}. Only your own can be imported.`;
    throw new SottoError("not-your-export", text);
  }

  async function findConversation({
    head,
    peer,
  }: ExportedConversation): Promise<ConversationRecord | undefined> {
    const same = await library.findConversation(head.id);
    if (same !== undefined) return same;
    const people = await library.mapPeople();
    const isPeer = (id: string) => id !== user.id && isSameName(people.get(id), peer);
    return (await library.listConversations()).find(({ memberIds }) => memberIds.some(isPeer));
  }

  async function findDestination(
    exported: ExportedConversation,
    owner: ExportedAccount["user"],
    importedAt: string,
  ): Promise<Destination | null> {
    const known = await findConversation(exported);
    if (known === undefined) return null;
    const { id: conversationId, memberIds } = known;
    const peerId = memberIds.find((memberId) => memberId !== user.id) ?? "";
    const idsHere = new Map([
      [owner.id, user.id],
      [exported.peer.id, peerId],
    ]);
    return { conversationId, idsHere, importedAt };
  }

  async function bringIn(file: Blob, signal: AbortSignal): Promise<ImportResult> {
    const account = await readExport(file, signal);
    assertOwn(account);
    // People would count as missing whose conversations are still to be loaded.
    if ((await store.get(keys.cursor)) === undefined)
      throw new SottoError("offline", "The conversations are not here yet. Try again once they are loaded.");
    const importedAt = new Date().toISOString();
    const missing: string[] = [];
    /** A file may name a message twice; it is one all the same. */
    const records = new Map<string, MessageRecord>();
    for (const exported of account.conversations) {
      const destination = await findDestination(exported, account.user, importedAt);
      if (destination === null) {
        missing.push(exported.peer.username);
        continue;
      }
      for (const message of exported.messages) {
        records.set(`${exported.head.id}/${message.id}`, toImportedRecord(message, destination));
      }
    }
    const onProgress = (progress: number) => emitter.tell("import-progress", { progress });
    const imported = await writer.take([...records.values()], importedAt, onProgress, signal);
    return { imported, present: records.size - imported, missing };
  }

  async function tellAll(): Promise<void> {
    for (const { id } of await library.listConversations()) emitter.tell("messages", { conversationId: id });
    emitter.tell("conversations", undefined);
  }

  return {
    /** Takes back what an import left behind that was cut off. */
    load: () => writer.takeBack(),
    /** @throws SottoError `import-running`, `not-an-export`, `not-your-export`, `offline` before all is loaded */
    async run(file: Blob): Promise<ImportResult | null> {
      if (running !== null) throw new SottoError("import-running", "An import is running already.");
      const controller = new AbortController();
      running = controller;
      try {
        return await bringIn(file, controller.signal);
      } catch (error) {
        if (closed) throw new SottoError("closed", "The messenger is closed.");
        await writer.takeBack();
        if (controller.signal.aborted) return null;
        throw error;
      } finally {
        running = null;
        if (!closed) await tellAll();
      }
    },
    cancel(): void {
      running?.abort();
    },
    close(): void {
      closed = true;
      writer.close();
      running?.abort();
    },
  };
}

/** @throws SottoError `not-an-export` */
async function readExport(file: Blob, signal: AbortSignal): Promise<ExportedAccount> {
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch (error) {
    throw notAnExport({ cause: error });
  }
  if (!Array.isArray(json)) throw notAnExport();
  const records = [];
  for (const [index, entry] of (json as unknown[]).entries()) {
    if (index % recordsAtOnce === 0) await pause(0);
    signal.throwIfAborted();
    records.push(parseExportRecord(entry));
  }
  return groupExport(records);
}

function isSameName(a: { username: string } | undefined, b: { username: string }): boolean {
  return a !== undefined && canonicalUsername(a.username) === canonicalUsername(b.username);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
