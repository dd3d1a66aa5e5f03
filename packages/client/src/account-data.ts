import {
  accountDataKey,
  decodeBase64,
  encodeBase64,
  openAccountData,
  sealAccountData,
  type SecretKey,
} from "@sotto/crypto";
import { type AccountData, accountDataSchema } from "@sotto/protocol";
import * as z from "zod/mini";
import type { Api } from "./api.ts";
import { serverReason, SottoError } from "./errors.ts";
import { isBlocked, mergeBlocks, spansOf, withBlocked } from "./block-spans.ts";
import {
  isKeyChanged,
  isKeyRefused,
  isVerified,
  keyChangeTimes,
  mergePins,
  observe,
  withAccepted,
  withoutDecisions,
  withTimes,
  withVerified,
} from "./pins.ts";
import { type AccountDataRecord, type BlockSpans, keys, type Pins } from "./records.ts";
import { mergeRegisters, type Registers, sharedRegisters, withRegister } from "./registers.ts";
import { createRetry, isPassing } from "./retry.ts";
import { createSerial } from "./serial.ts";
import type { Store } from "./stores/store.ts";

const pinsSchema = z.record(
  z.string(),
  z.object({
    username: z.string(),
    keys: z.array(z.string()).check(z.minLength(1)),
    verified: z.boolean(),
    verifiedAt: z.number(),
    seen: z._default(z.record(z.string(), z.number()), {}),
    accepted: z._default(z.record(z.string(), z.number()), {}),
  }),
);

const contentSchema = z.object({
  pins: pinsSchema,
  blocks: z._default(
    z.record(z.string(), z.array(z.object({ from: z.number(), to: z.nullable(z.number()) }))),
    {},
  ),
  registers: z._default(
    z.record(z.string(), z.object({ value: z.union([z.boolean(), z.string()]), at: z.number() })),
    {},
  ),
});

type Content = { pins: Pins; blocks: BlockSpans; registers: Registers };

const nothing: Content = { pins: {}, blocks: {}, registers: {} };

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
  /** Another device had something new to say. */
  onChanged: () => void;
  isOnline: () => boolean;
}) {
  const { store, api, userId, onRolledBack, onChanged, isOnline } = input;
  const key = accountDataKey(input.secretKey);
  /** Changes of the copy here. Nothing in it waits for the server: whoever meets a person would wait too. */
  const serial = createSerial();
  const pulls = createSerial();
  const pushes = createSerial();
  const retry = createRetry(() => pushSoon());
  let closed = false;
  let current: AccountDataRecord = { version: 0, ...nothing, dirty: false };
  let pushTimer: ReturnType<typeof setTimeout> | undefined;

  async function keep(next: AccountDataRecord): Promise<void> {
    assertOpen();
    await store.commit([{ key: keys.accountData, value: next }]);
    current = next;
  }

  /** After `close` the key is zeros: nothing may be sealed with it any more. */
  function assertOpen(): void {
    if (closed) throw new SottoError("closed", "The messenger is closed.");
  }

  function pull(): Promise<void> {
    return pulls(async () => {
      const asked = current.version;
      const answer = accountDataSchema.parse(await api.account.get.query());
      await serial(() => takeOver(answer, asked));
    });
  }

  /**
   * Takes over what the server has, merged with what changed here.
   *
   * @param asked the version here when the server was asked: what this device stored since is no older for that answer
   */
  async function takeOver({ version, sealed }: AccountData, asked: number): Promise<void> {
    if (version === current.version || (version >= asked && version < current.version)) return;
    const stored = sealed === null ? nothing : openContent(version, sealed);
    // An older one than this device has seen is a restored backup, or a host that wants something forgotten: what is
    // known here stands, the older word on what was verified does not count, and the person is told.
    const rolledBack = version < current.version;
    const merged = rolledBack
      ? merge(contentOf(current), { ...stored, pins: withoutDecisions(stored.pins) })
      : merge(stored, contentOf(current));
    merged.pins = withTimes(merged.pins, Date.now());
    await keep({ version, ...merged, dirty: JSON.stringify(shared(merged)) !== JSON.stringify(stored) });
    if (rolledBack) onRolledBack();
    onChanged();
  }

  function openContent(version: number, sealed: string): Content {
    assertOpen();
    const data = openAccountData({ key, userId, version, sealed: decodeBase64(sealed) });
    return contentSchema.parse(JSON.parse(new TextDecoder().decode(data)));
  }

  /** What fails is tried again, without a connection with the next one, whether or not somebody waits for it. */
  async function push(): Promise<void> {
    try {
      await pushes(pushAll);
      retry.succeeded();
    } catch (error) {
      if (isOnline() && isPassing(error)) retry.failed();
      throw error;
    }
  }

  /** Stores what changed here; where another device was faster, merges and tries again. */
  async function pushAll(): Promise<void> {
    for (let attempt = 0; current.dirty && attempt < maxAttempts; attempt += 1) {
      assertOpen();
      const { version } = current;
      const content = contentOf(current);
      const data = new TextEncoder().encode(JSON.stringify(shared(content)));
      const sealed = encodeBase64(sealAccountData({ key, userId, version: version + 1, data }));
      try {
        await api.account.put.mutate({ version, sealed });
        await serial(async () => {
          // Else the announcement was faster than the answer, and what it led to is taken over already.
          if (current.version !== version) return;
          await keep({ ...current, version: version + 1, dirty: !isSame(contentOf(current), content) });
        });
      } catch (error) {
        if (serverReason(error) !== "version-conflict") throw error;
        await pull();
      }
    }
  }

  function pushSoon(): void {
    if (!closed) push().catch(() => undefined);
  }

  return {
    get pins(): Pins {
      return current.pins;
    },
    isBlocked: (id: string) => isBlocked(current.blocks, id),
    blockedIds: () => Object.keys(current.blocks).filter((id) => isBlocked(current.blocks, id)),
    blockedSpans: (id: string) => spansOf(current.blocks, id),
    isKeyChanged: (person: { id: string; publicKey: string }) => isKeyChanged(current.pins, person),
    async load(): Promise<void> {
      const stored = (await store.get(keys.accountData)) as Partial<AccountDataRecord> | undefined;
      current = { ...current, ...stored, pins: pinsSchema.parse(stored?.pins ?? {}) };
    },
    pull,
    push,
    /** For whoever does not wait for it. */
    pushSoon,
    /** Pins people at first contact and notes changed keys, and carries it to the other devices when it can. */
    async observe(people: { id: string; username: string; publicKey: string }[]): Promise<void> {
      await serial(async () => {
        const others = people.filter((person) => person.id !== userId);
        const nowMs = Date.now();
        const pins = others.reduce((known, person) => observe(known, person, nowMs), current.pins);
        if (pins !== current.pins) await keep({ ...current, pins, dirty: true });
      });
      if (current.dirty) pushSoon();
    },
    keyChangeTimes: (userId: string) => keyChangeTimes(current.pins, userId),
    isVerified: (person: { id: string; publicKey: string }) => isVerified(current.pins, person),
    isRefused: (person: { id: string; publicKey: string }) => isKeyRefused(current.pins, person),
    setVerified: (person: { id: string; publicKey: string }, verified: boolean) =>
      serial(() =>
        keep({ ...current, pins: withVerified(current.pins, person, verified, Date.now()), dirty: true }),
      ),
    acceptKey: (person: { id: string; publicKey: string }) =>
      serial(() => keep({ ...current, pins: withAccepted(current.pins, person, Date.now()), dirty: true })),
    setBlocked: (id: string, blocked: boolean) =>
      serial(async () => {
        const blocks = withBlocked(current.blocks, id, blocked, Date.now());
        if (blocks !== current.blocks) await keep({ ...current, blocks, dirty: true });
      }),
    get registers(): Registers {
      return current.registers;
    },
    /** `isLocal`: it does not leave this device. */
    setRegister: (name: string, value: boolean | string, isLocal = false) =>
      serial(async () => {
        const registers = withRegister(current.registers, name, value, Date.now(), isLocal);
        if (registers !== current.registers) await keep({ ...current, registers, dirty: true });
      }),
    /** Once nobody has asked for it for so long. */
    pushLater(delayMs: number): void {
      clearTimeout(pushTimer);
      if (!closed) pushTimer = setTimeout(pushSoon, delayMs);
    },
    close(): void {
      closed = true;
      retry.close();
      clearTimeout(pushTimer);
      key.fill(0);
    },
  };
}

function merge(base: Content, other: Content): Content {
  return {
    pins: mergePins(base.pins, other.pins),
    blocks: mergeBlocks(base.blocks, other.blocks),
    registers: mergeRegisters(base.registers, other.registers),
  };
}

function contentOf({ pins, blocks, registers }: Content): Content {
  return { pins, blocks, registers };
}

/** As it goes to the server. */
function shared(content: Content): Content {
  return { ...content, registers: sharedRegisters(content.registers) };
}

function isSame(a: Content, b: Content): boolean {
  return a.pins === b.pins && a.blocks === b.blocks && a.registers === b.registers;
}
