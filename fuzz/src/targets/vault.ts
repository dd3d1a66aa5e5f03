import {
  accountDataKey,
  CryptoError,
  keyPairFromSecretKey,
  openAccountData,
  openRecord,
  openVaultSlot,
  passwordSlotKey,
  recoverySlotKey,
  sealAccountData,
  sealRecord,
  sealVaultSlot,
} from "@sotto/crypto";
import { createRandom, type Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { compare, hex, outcomeOf, type Target } from "../target.ts";
import { seededNonces } from "./seeded-nonces.ts";

const isTyped = (error: unknown) => error instanceof CryptoError;

/** What the server or the device keeps for a person: vault slots, account data, records of the store. */
export function vaultTarget(seed: number): Target {
  const setup = createRandom(seed, "vaults");
  const openers = [...createVault(setup), createAccount(setup), createStore(setup)];

  return {
    name: "vault",
    share: 5_000,
    attempt(random) {
      const { corpus, open } = random.pick(openers);
      const [sealed, other] = [random.pick(corpus), random.pick(corpus)];
      // One that is well formed must be shown in another place than its own: `open` is told so.
      const whole = random.chance(0.1);
      const input = whole ? sealed : makeInput(random, sealed, other);
      const outcome = outcomeOf(isTyped, () => open(input, random, whole));
      return compare(outcome, null, () => `${hex(input)}${whole ? " elsewhere" : ""}`);
    },
  };
}

type Opener = {
  corpus: Uint8Array[];
  /** `elsewhere`: with the key or the place of another. */
  open: (sealed: Uint8Array, random: Random, elsewhere: boolean) => unknown;
};

function makeInput(random: Random, sealed: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(0.05)) return randomBytes(random, randomLength(random, 400));
  const mutant = mutateBytes(random, sealed, other);
  return Buffer.compare(mutant, other) === 0 ? mutant.subarray(1) : mutant;
}

function createVault(random: Random): Opener[] {
  const [keyPair, another] = [0, 1].map(() => keyPairFromSecretKey(randomBytes(random, 32)));
  if (!keyPair || !another) throw new Error("There are two key pairs.");
  const password = passwordSlotKey(randomBytes(random, 64));
  const recovery = recoverySlotKey(randomBytes(random, 32));
  const many = (seal: () => Uint8Array) => Array.from({ length: 4 }, () => seededNonces(random, seal));
  return [
    {
      corpus: many(() => sealVaultSlot({ slot: "password", wrappingKey: password, keyPair })),
      open: (sealed, random, elsewhere) => {
        const asRecovery = elsewhere && random.chance(0.5);
        if (asRecovery) {
          return openVaultSlot({ slot: "recovery", wrappingKey: recovery, ...keyPair, sealed });
        }
        const { publicKey } = elsewhere ? another : keyPair;
        return openVaultSlot({ slot: "password", wrappingKey: password, publicKey, sealed });
      },
    },
    {
      corpus: many(() => sealVaultSlot({ slot: "recovery", wrappingKey: recovery, keyPair })),
      open: (sealed, _, elsewhere) => {
        const { publicKey } = elsewhere ? another : keyPair;
        return openVaultSlot({ slot: "recovery", wrappingKey: recovery, publicKey, sealed });
      },
    },
  ];
}

function createAccount(random: Random): Opener {
  const key = accountDataKey(keyPairFromSecretKey(randomBytes(random, 32)).secretKey);
  const place = { key, userId: "somebody", version: 7 };
  return {
    corpus: [0, 1, 300, 2_000].map((length) =>
      seededNonces(random, () => sealAccountData({ ...place, data: randomBytes(random, length) })),
    ),
    open: (sealed, random, elsewhere) => {
      const others = [{ version: 6 }, { version: 8 }, { userId: "somebody else" }, { version: -1 }];
      return openAccountData({ ...place, ...(elsewhere ? random.pick(others) : {}), sealed });
    },
  };
}

function createStore(random: Random): Opener {
  const [key, another] = [randomBytes(random, 32), randomBytes(random, 32)];
  return {
    corpus: [0, 1, 300].map((length) =>
      seededNonces(random, () => sealRecord(key, randomBytes(random, length))),
    ),
    open: (sealed, _, elsewhere) => openRecord(elsewhere ? another : key, sealed),
  };
}
