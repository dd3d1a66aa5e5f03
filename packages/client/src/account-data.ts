import {
  accountDataKey,
  decodeBase64,
  encodeBase64,
  openAccountData,
  sealAccountData,
  type SecretKey,
} from "@sotto/crypto";
import { accountDataSchema } from "@sotto/protocol";
import * as z from "zod/mini";
import type { Api } from "./api.ts";
import { serverReason, SottoError } from "./errors.ts";
import { isKeyChanged, isKeyRefused, mergePins, observe, withVerified } from "./pins.ts";
import { type AccountDataRecord, keys, type Pins } from "./records.ts";
import { createSerial } from "./serial.ts";
import type { Store } from "./stores/store.ts";

const contentSchema = z.object({
  pins: z.record(
    z.string(),
    z.object({
      username: z.string(),
      keys: z.array(z.string()).check(z.minLength(1)),
      verified: z.boolean(),
      verifiedAt: z.number(),
    }),
  ),
});

const maxAttempts = 5;

export type AccountDataSync = ReturnType<typeof createAccountData>;

/**
 * The account data: what travels between a person's devices through the server, sealed under a key that only they
 * have. One copy lives in the store; nothing in it is forgotten because the server gives an older one, and a change
 * made here is kept as `dirty` until the server has it.
 */
export function createAccountData(input: {
  store: Store;
  api: Api;
  userId: string;
  secretKey: SecretKey;
  onRolledBack: () => void;
}) {
  const { store, api, userId, onRolledBack } = input;
  const key = accountDataKey(input.secretKey);
  const serial = createSerial();
  let closed = false;
  let current: AccountDataRecord = { version: 0, pins: {}, dirty: false };

  async function keep(next: AccountDataRecord): Promise<void> {
    assertOpen();
    await store.commit([{ key: keys.accountData, value: next }]);
    current = next;
  }

  /** After `close` the key is zeros: nothing may be sealed with it any more. */
  function assertOpen(): void {
    if (closed) throw new SottoError("closed", "The messenger is closed.");
  }

  /** Takes over what the server has, merged with what changed here. */
  async function pull(): Promise<void> {
    const { version, sealed } = accountDataSchema.parse(await api.account.get.query());
    if (version === current.version) return;
    const stored = sealed === null ? {} : openPins(version, sealed);
    // An older one than this device has seen is a restored backup, or a host that wants something forgotten: what is
    // known here stands, the older word on what was verified does not count, and the person is told.
    const rolledBack = version < current.version;
    if (rolledBack) onRolledBack();
    const merged = rolledBack ? mergePins(current.pins, unverified(stored)) : mergePins(stored, current.pins);
    await keep({ version, pins: merged, dirty: JSON.stringify(merged) !== JSON.stringify(stored) });
  }

  function openPins(version: number, sealed: string): Pins {
    assertOpen();
    const data = openAccountData({ key, userId, version, sealed: decodeBase64(sealed) });
    return contentSchema.parse(JSON.parse(new TextDecoder().decode(data))).pins;
  }

  /** Stores what changed here; where another device was faster, merges and tries again. */
  async function push(): Promise<void> {
    for (let attempt = 0; current.dirty && attempt < maxAttempts; attempt += 1) {
      assertOpen();
      const { version, pins } = current;
      const data = new TextEncoder().encode(JSON.stringify({ pins }));
      const sealed = encodeBase64(sealAccountData({ key, userId, version: version + 1, data }));
      try {
        await api.account.put.mutate({ version, sealed });
        await keep({ ...current, version: version + 1, dirty: current.pins !== pins });
      } catch (error) {
        if (serverReason(error) !== "version-conflict") throw error;
        await pull();
      }
    }
  }

  return {
    get pins(): Pins {
      return current.pins;
    },
    isKeyChanged: (person: { id: string; publicKey: string }) => isKeyChanged(current.pins, person),
    async load(): Promise<void> {
      current = ((await store.get(keys.accountData)) as AccountDataRecord | undefined) ?? current;
    },
    pull: () => serial(pull),
    push: () => serial(push),
    /** Pins people at first contact and notes changed keys, and carries it to the other devices when it can. */
    async observe(people: { id: string; username: string; publicKey: string }[]): Promise<void> {
      await serial(async () => {
        const others = people.filter((person) => person.id !== userId);
        const pins = others.reduce(observe, current.pins);
        if (pins !== current.pins) await keep({ ...current, pins, dirty: true });
      });
      // What fails now goes up with the next connection.
      if (current.dirty) void serial(push).catch(() => undefined);
    },
    isVerified: (person: { id: string; publicKey: string }) =>
      current.pins[person.id]?.verified === true && !isKeyChanged(current.pins, person),
    isRefused: (person: { id: string; publicKey: string }) => isKeyRefused(current.pins, person),
    setVerified: (person: { id: string; publicKey: string }, verified: boolean) =>
      serial(() =>
        keep({ ...current, pins: withVerified(current.pins, person, verified, Date.now()), dirty: true }),
      ),
    close(): void {
      closed = true;
      key.fill(0);
    },
  };
}

function unverified(pins: Pins): Pins {
  return Object.fromEntries(
    Object.entries(pins).map(([id, pin]) => [id, { ...pin, verified: false, verifiedAt: 0 }]),
  );
}
