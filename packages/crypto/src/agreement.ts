/*
 * X25519 agreement as NaCl's box has it: shared key = HSalsa20(X25519(own secret, other public), zeros). One key
 * serves both directions. It costs about 60 times a seal, so a keyring computes each only once.
 */
import nacl from "tweetnacl";
import { encodeBase64 } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import type { KeyPair } from "./key-pair.ts";
import type { PublicKey } from "./public-key.ts";

declare const sharedKeyBrand: unique symbol;

/** 32 bytes. Belongs to its keyring: zeroed when that is wiped, so use it at once and keep no copy. */
export type SharedKey = Bytes & { readonly [sharedKeyBrand]: true };

export type Keyring = {
  readonly publicKey: PublicKey;
  /** @throws CryptoError `low-order-public-key`, `keyring-wiped` */
  sharedKeyWith(publicKey: PublicKey): SharedKey;
  /** Zeroes the secret key and every shared key. What is called afterwards throws `keyring-wiped`. */
  wipe(): void;
};

/** What box makes of an all-zero X25519 result: HSalsa20 of a zero key and a zero input. */
let zeroSecretSharedKey: Uint8Array | undefined;
function sharedKeyOfZeroSecret(): Uint8Array {
  zeroSecretSharedKey ??= nacl.box.before(new Uint8Array(32), new Uint8Array(32));
  return zeroSecretSharedKey;
}

/**
 * Takes the key pair over: its secret key is zeroed by `wipe`.
 */
export function createKeyring({ publicKey, secretKey }: KeyPair): Keyring {
  const sharedKeys = new Map<string, SharedKey>();
  /** The same ones by the object that was asked for: writing out the name costs as much as opening a short box. */
  const byObject = new WeakMap<PublicKey, SharedKey>();
  let wiped = false;

  return {
    publicKey,

    sharedKeyWith(otherKey) {
      if (wiped) throw new CryptoError("keyring-wiped", "These keys were wiped: sign in again");
      const held = byObject.get(otherKey);
      if (held) return held;
      const name = encodeBase64(otherKey);
      const known = sharedKeys.get(name);
      if (known) {
        byObject.set(otherKey, known);
        return known;
      }

      const sharedKey = Uint8Array.from(nacl.box.before(otherKey, secretKey)) as SharedKey;
      // `parsePublicKey` has refused such keys; this holds even for a key that was branded some other way.
      if (nacl.verify(sharedKey, sharedKeyOfZeroSecret())) {
        throw new CryptoError("low-order-public-key", "The shared secret with this public key would be zero");
      }
      sharedKeys.set(name, sharedKey);
      byObject.set(otherKey, sharedKey);
      return sharedKey;
    },

    wipe() {
      wiped = true;
      secretKey.fill(0);
      for (const sharedKey of sharedKeys.values()) sharedKey.fill(0);
      sharedKeys.clear();
    },
  };
}
