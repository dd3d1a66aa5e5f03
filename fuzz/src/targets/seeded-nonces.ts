import type { Random } from "@sotto/chaos/random";
import { randomFillSync } from "node:crypto";
import nacl from "tweetnacl";

/**
 * Sealing makes its nonces itself. Here they must come from the seed, or no finding could be repeated; the process of
 * the fuzzer seals nothing that is worth reading. Afterwards nonces are random again.
 */
export function seededNonces<T>(random: Random, seal: () => T): T {
  nacl.setPRNG((bytes, count) => {
    for (let at = 0; at < count; at += 1) bytes[at] = random.integer(0, 255);
  });
  try {
    return seal();
  } finally {
    nacl.setPRNG((bytes, count) => void randomFillSync(bytes, 0, count));
  }
}
