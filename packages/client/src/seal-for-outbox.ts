import type { AccountDataSync } from "./account-data.ts";
import type { Blocks } from "./blocks.ts";
import type { Body } from "./body.ts";
import { sealMessage, type Sealer } from "./envelopes.ts";
import { SottoError } from "./errors.ts";
import type { Library } from "./library.ts";
import { type ChainRecord, keys, type OutboxRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";

type Parts = { store: Store; library: Library; accountData: AccountDataSync; blocks: Blocks; sealer: Sealer };

/**
 * Seals one message, and gives the changes of the chain that belong into one commit with its record. Numbers that were
 * refused and not named yet are named in its body.
 *
 * @throws SottoError `unknown-conversation`, `unknown-user`, `blocked`, `key-changed`, `empty-message`,
 *   `message-too-large`, `bad-input`
 */
export async function sealForOutbox(
  { store, library, accountData, blocks, sealer }: Parts,
  { conversationId, id, body }: { conversationId: string; id: string; body: Body },
): Promise<{ record: OutboxRecord; changes: Change[] }> {
  const { memberIds } = await library.getConversation(conversationId);
  const recipientId = memberIds.find((id) => id !== sealer.userId);
  const recipient = recipientId === undefined ? undefined : await library.findPerson(recipientId);
  if (recipient === undefined) {
    throw new SottoError("unknown-user", "There is no one in this conversation to write to.");
  }
  if (blocks.isBlocked(recipient.id)) {
    throw new SottoError(
      "blocked",
      `You have blocked ${recipient.username}, so nothing was sent. Unblock them first.`,
    );
  }
  if (accountData.isRefused(recipient)) {
    throw new SottoError(
      "key-changed",
      `The key of ${recipient.username} is not the one that you verified, so nothing was sent. Compare safety numbers with them again.`,
    );
  }
  const chainKey = keys.chain(conversationId, recipient.id);
  const voidKey = keys.voids(conversationId, recipient.id);
  const voids = ((await store.get(voidKey)) ?? []) as number[];
  const now = new Date();
  const { content, chain } = sealMessage(sealer, {
    recipient,
    conversationId,
    messageId: id,
    body: voids.length === 0 ? body : { ...body, voids },
    sentAtMs: now.getTime(),
    chain: (await store.get(chainKey)) as ChainRecord | undefined,
  });
  const record: OutboxRecord = {
    id,
    conversationId,
    envelopes: [{ recipientId: recipient.id, content }],
    counter: chain.counter,
    voids,
    body,
    createdAt: now.toISOString().replace("Z", "000Z"),
  };
  return {
    record,
    changes: [
      { key: chainKey, value: chain },
      { key: voidKey, value: null },
    ],
  };
}
