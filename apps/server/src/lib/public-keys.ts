import type { PublicKey } from "@sotto/crypto/inspect";
import { parsePublicKey } from "@sotto/crypto/inspect";
import type { Db } from "@sotto/db";
import { findUserById } from "@sotto/db";

const maxKeys = 50_000;

/** People's public keys by user id. They never change in this version, so what was read once stays true. */
export type PublicKeys = { find(userId: string): Promise<PublicKey | null> };

export function createPublicKeys(db: Db): PublicKeys {
  const keys = new Map<string, PublicKey>();

  return {
    async find(userId) {
      const known = keys.get(userId);
      if (known) return known;
      const user = await findUserById(db, userId);
      if (!user) return null;
      const key = parsePublicKey(user.publicKey);
      const [oldest] = keys.keys();
      if (keys.size >= maxKeys && oldest !== undefined) keys.delete(oldest);
      keys.set(userId, key);
      return key;
    },
  };
}
