import { describe, expect, test } from "vitest";
import {
  generateKeyPair,
  openVaultSlot,
  passwordSlotKey,
  randomBytes,
  recoveryProof,
  recoverySlotKey,
  sealVaultSlot,
  vaultSlotBytes,
} from "../src/index.ts";
import { flipBit, hex, toHex, withByte } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { hash, sealVault } from "./support/independent.ts";

const keyPair = generateKeyPair();
const { publicKey } = keyPair;
const exportKey = randomBytes(64);
const recoveryKey = randomBytes(32);
const passwordKey = passwordSlotKey(exportKey);
const recoveryWrapping = recoverySlotKey(recoveryKey);
const sealed = sealVaultSlot({ slot: "password", wrappingKey: passwordKey, keyPair });
const open = (changed: Uint8Array) =>
  openVaultSlot({ slot: "password", wrappingKey: passwordKey, publicKey, sealed: changed });
// One key for both kinds, which the types forbid.
const openAsRecovery = (changed: Uint8Array) =>
  openVaultSlot({ slot: "recovery", wrappingKey: passwordKey as never, publicKey, sealed: changed });

test("either slot gives the key pair back", () => {
  const recovery = sealVaultSlot({ slot: "recovery", wrappingKey: recoveryWrapping, keyPair });
  expect(sealed).toHaveLength(vaultSlotBytes);
  expect(recovery).toHaveLength(vaultSlotBytes);
  expect(open(sealed)).toEqual(keyPair);
  expect(
    openVaultSlot({ slot: "recovery", wrappingKey: recoveryWrapping, publicKey, sealed: recovery }),
  ).toEqual(keyPair);
});

test("the derived keys are what the format says, each in a domain of its own", () => {
  expect(toHex(passwordKey)).toBe(toHex(hash("sotto/vault/password/v1", 32, exportKey)));
  expect(toHex(recoveryWrapping)).toBe(toHex(hash("sotto/recovery/wrap/v1", 32, recoveryKey)));
  expect(toHex(recoveryProof(recoveryKey))).toBe(toHex(hash("sotto/recovery/proof/v1", 32, recoveryKey)));
  expect(toHex(recoveryProof(recoveryKey))).not.toBe(toHex(recoveryWrapping));
});

test("secrets of another length derive nothing", () => {
  expect(codeOf(() => passwordSlotKey(new Uint8Array(32)))).toBe("bad-length");
  expect(codeOf(() => recoverySlotKey(new Uint8Array(31)))).toBe("bad-length");
  expect(codeOf(() => recoveryProof(new Uint8Array(33)))).toBe("bad-length");
});

test("two seals of the same key pair differ: the nonce is fresh", () => {
  const again = sealVaultSlot({ slot: "password", wrappingKey: passwordKey, keyPair });
  expect(toHex(again)).not.toBe(toHex(sealed));
});

describe("a slot is refused", () => {
  test("after any bit was flipped", () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      expect(["bad-slot", "unknown-version", "cannot-open"]).toContain(
        codeOf(() => open(flipBit(sealed, bit))),
      );
    }
  });

  test("when cut short or made longer", () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(codeOf(() => open(sealed.subarray(0, length)))).toBe("bad-slot");
    }
    expect(codeOf(() => open(Uint8Array.from([...sealed, 0])))).toBe("bad-slot");
  });

  test("under another wrapping key", () => {
    const wrappingKey = passwordSlotKey(randomBytes(64));
    expect(codeOf(() => openVaultSlot({ slot: "password", wrappingKey, publicKey, sealed }))).toBe(
      "cannot-open",
    );
  });

  test("as the slot of the other kind, even with its header changed", () => {
    expect(codeOf(() => openAsRecovery(sealed))).toBe("bad-slot");
    expect(codeOf(() => openAsRecovery(withByte(sealed, 3, 2)))).toBe("bad-slot");
  });

  test("in a version that is not known", () => {
    expect(codeOf(() => open(withByte(sealed, 2, 2)))).toBe("unknown-version");
  });

  test("for another account's public key", () => {
    const other = generateKeyPair().publicKey;
    const input = { slot: "password", wrappingKey: passwordKey, publicKey: other, sealed } as const;
    expect(codeOf(() => openVaultSlot(input))).toBe("bad-slot");
  });

  test("when the secret inside does not give the public key beside it", () => {
    const secretKey = generateKeyPair().secretKey;
    const mixed = sealVault({ kind: 1, key: passwordKey, nonce: randomBytes(24), publicKey, secretKey });
    expect(codeOf(() => open(mixed))).toBe("bad-slot");
  });
});

test("a slot sealed by noble opens", () => {
  const nonce = hex("24".repeat(24));
  expect(
    open(sealVault({ kind: 1, key: passwordKey, nonce, publicKey, secretKey: keyPair.secretKey })),
  ).toEqual(keyPair);
});

test("misuse does not compile", () => {
  // @ts-expect-error -- a recovery key does not seal a password slot
  expect(() => sealVaultSlot({ slot: "password", wrappingKey: recoveryWrapping, keyPair })).not.toThrow();
  // @ts-expect-error -- bare bytes are no wrapping key
  expect(() => sealVaultSlot({ slot: "password", wrappingKey: randomBytes(32), keyPair })).not.toThrow();
});
