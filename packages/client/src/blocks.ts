import type { AccountDataSync } from "./account-data.ts";
import type { Api } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import { passingReasons, serverReason, SottoError } from "./errors.ts";
import { keys } from "./records.ts";
import { createSerial } from "./serial.ts";
import type { Store } from "./stores/store.ts";

export type Blocks = ReturnType<typeof createBlocks>;

/**
 * Blocking people. It counts here at once, and the server is told as soon as it can be reached; until then the wish
 * waits in the store.
 *
 * The span in the account data begins before the server is told and ends after it was told of the end: so it covers
 * every moment in which the server may withhold, and no message that it withholds is missed later.
 */
export function createBlocks(input: {
  store: Store;
  api: Api;
  accountData: AccountDataSync;
  emitter: Emitter;
  ownId: string;
  isOnline: () => boolean;
}) {
  const { store, api, accountData, emitter, ownId, isOnline } = input;
  const serial = createSerial();
  /** By user id: what the server is still to be told, true to block. */
  let waiting = new Map<string, boolean>();

  async function wish(userId: string, blocked: boolean | null): Promise<void> {
    await store.commit([{ key: keys.block(userId), value: blocked }]);
    if (blocked === null) waiting.delete(userId);
    else waiting.set(userId, blocked);
    emitter.tell("conversations", undefined);
  }

  /** @throws SottoError with the server's reason where it refuses for good; the wish is given up then */
  async function tell(userId: string): Promise<void> {
    const blocked = waiting.get(userId);
    if (blocked === undefined || !isOnline()) return;
    let refusal: unknown = null;
    try {
      await (blocked ? api.users.block.mutate({ userId }) : api.users.unblock.mutate({ userId }));
    } catch (error) {
      const reason = serverReason(error);
      if (reason === null || passingReasons.has(reason)) return;
      refusal = error;
    }
    if (!blocked || refusal !== null) await accountData.setBlocked(userId, false);
    await wish(userId, null);
    if (refusal !== null && blocked) throw refusal;
  }

  async function change(userId: string, blocked: boolean): Promise<void> {
    if (userId === ownId) throw new SottoError("to-yourself", "That is you. You cannot block yourself.");
    await serial(async () => {
      if (blocked) await accountData.setBlocked(userId, true);
      await wish(userId, blocked);
      await tell(userId);
    });
    // What fails now goes up with the next connection.
    await accountData.push().catch(() => undefined);
  }

  async function tellAll(): Promise<void> {
    for (const userId of waiting.keys()) await tell(userId).catch(() => undefined);
    await accountData.push();
  }

  return {
    async load(): Promise<void> {
      const entries = await store.list({ prefix: keys.blocks });
      waiting = new Map(entries.map(({ key, value }) => [key.slice(keys.blocks.length), value as boolean]));
    },
    isBlocked: (userId: string): boolean => waiting.get(userId) ?? accountData.isBlocked(userId),
    listIds: (): string[] => accountData.blockedIds().filter((userId) => waiting.get(userId) !== false),
    block: (userId: string) => change(userId, true),
    unblock: (userId: string) => change(userId, false),
    /** After each new connection. */
    flush: () => serial(tellAll),
    /** The server has lost what it was told: so it is told again. */
    repeat: () =>
      serial(async () => {
        for (const userId of accountData.blockedIds()) {
          if (!waiting.has(userId)) await wish(userId, true);
        }
        await tellAll();
      }),
  };
}
