import { createKeyring, decodeBase64, encodeBase64, type KeyPair, randomBytes } from "@sotto/crypto";
import type { WireMessage } from "@sotto/protocol";
import { createAccountData } from "./account-data.ts";
import { createActionSender } from "./action-sender.ts";
import { createApi } from "./api.ts";
import { createBlocks } from "./blocks.ts";
import { createConnection } from "./connection.ts";
import { createDirectory } from "./directory.ts";
import type { Emitter } from "./emitter.ts";
import { encodeHex, openArrival } from "./envelopes.ts";
import { createExport } from "./export.ts";
import { createGate } from "./gate.ts";
import { createFeedApplier } from "./feed-applier.ts";
import { createFeed } from "./feed.ts";
import { createHistory } from "./history.ts";
import { createImport } from "./import.ts";
import { createLibrary } from "./library.ts";
import { createOlderPages } from "./older-pages.ts";
import { createOutbox } from "./outbox.ts";
import { migrateStore } from "./migrate-store.ts";
import { openingKeys } from "./pins.ts";
import { createPreferences } from "./preferences.ts";
import { withPrivateReading } from "./private-reading.ts";
import { createReadMarks } from "./read-marks.ts";
import { type DeviceRecord, keys } from "./records.ts";
import { createRecount } from "./recount.ts";
import { createReload } from "./reload.ts";
import { createSearch } from "./search/search.ts";
import type { CookieJar, Session } from "./session.ts";
import { createSignals } from "./signals.ts";
import { remembered } from "./stores/remembered.ts";
import { shuttable } from "./stores/shuttable.ts";
import type { Store } from "./stores/store.ts";
import type { Conversation, MessengerEvents } from "./types.ts";
import { within } from "./within.ts";

export type Live = Awaited<ReturnType<typeof startLive>>;

/**
 * Everything that runs while someone is signed in, wired together and started. The keys live in here; `close` stops
 * all of it and wipes them.
 */
export async function startLive(input: {
  url: string;
  store: Store;
  cookies: CookieJar;
  session: Session;
  emitter: Emitter;
  user: { id: string; username: string };
  keyPair: KeyPair;
  quietRequests: boolean;
  onEnded: () => void;
}) {
  const { url, cookies, session, emitter, user, onEnded } = input;
  const { store: ownStore, shut } = shuttable(input.store);
  const store = remembered(ownStore, [keys.people, keys.conversations], (changes) => library.forget(changes));
  const publicKey = encodeBase64(input.keyPair.publicKey);
  const keyring = createKeyring(input.keyPair);
  await migrateStore(ownStore, user.id);
  const library = createLibrary(store, (userId) => accountData.blockedSpans(userId));
  const sealer = { userId: user.id, keyring, device: await loadDevice(store) };

  const connection = await createConnection({
    url,
    session,
    emitter,
    onOnline: () => {
      outbox.flush();
      void readMarks.flush().catch(() => undefined);
      feed.acknowledge();
      search.resume();
      recount.resume();
      signals.presence.resume();
      void blocks.flush().catch(() => undefined);
    },
    onEnded,
  });
  const api = createApi(url, cookies.fetch, session, connection.link);
  const isOnline = () => connection.state === "online";

  const warn = (code: MessengerEvents["warning"]["code"]) => () => emitter.tell("warning", { code });
  const accountData = createAccountData({
    store,
    api,
    userId: user.id,
    secretKey: input.keyPair.secretKey,
    onRolledBack: () => {
      warn("account-data-rolled-back")();
      void blocks.repeat().catch(() => undefined);
    },
    onChanged: () => {
      emitter.tell("settings", preferences.settings());
      signals.refresh();
      void readMarks.applyPrivate().catch(() => undefined);
    },
    isOnline,
  });
  const preferences = createPreferences({
    accountData,
    library,
    emitter,
    onSettings: () => signals.refresh(),
    quietRequests: input.quietRequests,
  });
  const signals = createSignals({ api, library, emitter, preferences, isOnline });
  const blocks = createBlocks({ store, api, accountData, emitter, ownId: user.id, isOnline });
  const own = { ...user, publicKey };
  const keysOf = (userId: string) => openingKeys(accountData.pins, userId);
  const open = (wire: WireMessage, memberIds: readonly string[]) =>
    openArrival(keyring, user.id, keysOf, memberIds, withPrivateReading(wire, user.id, preferences));
  const onDistrust = warn("untrusted-answer");
  const outbox = createOutbox({ store, library, api, accountData, blocks, emitter, sealer, isOnline });
  const loadOlder = createOlderPages({ library, api, ownId: user.id, open });
  const history = createHistory({ library, outbox, loadOlder, userId: user.id });
  const search = createSearch({ store, library, history, loadOlder, emitter, isOnline });
  const readMarks = createReadMarks({
    store,
    library,
    api,
    emitter,
    preferences,
    isOnline,
    onReadElsewhere: () => recount.resume(),
  });
  const recount = createRecount({ library, loadOlder, emitter, isOnline });
  const load = createReload({
    store,
    library,
    api,
    accountData,
    emitter,
    own,
    open,
    onReplaced: () => {
      search.forget();
      begun.open();
    },
    onComplete: () => search.resume(),
    onDistrust,
  });
  const begun = createGate();
  const closing = createGate();
  const reload = async () => {
    try {
      const head = await load();
      // The server counts as unread what was read in private.
      await readMarks.applyPrivate();
      return head;
    } finally {
      begun.open();
    }
  };
  const applier = createFeedApplier({
    store,
    library,
    outbox,
    accountData,
    preferences,
    emitter,
    own,
    device: encodeHex(sealer.device),
    open,
    onDistrust,
    onReadElsewhere: () => recount.resume(),
  });
  const feed = createFeed({ store, api, applier, accountData, ownId: user.id, reload, onDistrust });
  const actions = createActionSender({ library, history, outbox, emitter, userId: user.id });
  const directory = createDirectory({
    store,
    library,
    history,
    api,
    accountData,
    blocks,
    preferences,
    emitter,
    own,
  });

  const imports = createImport({ store, library, emitter, user });
  const exportPart = createExport({ user, library, history, directory, loadOlder });

  await accountData.load();
  await blocks.load();
  await outbox.load();
  await search.load();
  await imports.load();
  if ((await store.get(keys.cursor)) !== undefined) begun.open();
  connection.start(api);
  const loaded = feed.start();
  signals.start();

  return {
    user,
    api,
    connection,
    accountData,
    blocks,
    preferences,
    /** Resolves when connected and, on a new device, loaded; when this is closed, or after `timeoutMs` in any case. */
    async whenReady(timeoutMs: number): Promise<void> {
      await within(timeoutMs, Promise.race([closing.opened, Promise.all([loaded, connection.online()])]));
    },
    directory,
    /** On a new device not before the first of them are here, or could not be had: until then it would say none. */
    async conversations(): Promise<Conversation[]> {
      await begun.opened;
      return directory.list();
    },
    history,
    outbox,
    actions,
    search,
    exportPart,
    imports,
    signals,
    readMarks,
    /** The feed first: a handler that runs may still send. */
    async close(): Promise<void> {
      begun.open();
      closing.open();
      signals.close();
      imports.close();
      await feed.close();
      search.close();
      recount.close();
      outbox.close();
      readMarks.close();
      accountData.close();
      await connection.close();
      await library.writes(() => Promise.resolve());
      // What waited for something and goes on now would write into the store of whoever signs in next.
      shut();
      keyring.wipe();
    },
  };
}

/** @returns 16 bytes that name this store in envelopes */
async function loadDevice(store: Store): Promise<Uint8Array> {
  const known = (await store.get(keys.device)) as DeviceRecord | undefined;
  if (known !== undefined) return decodeBase64(known.id);
  const id = randomBytes(16);
  await store.commit([{ key: keys.device, value: { id: encodeBase64(id) } satisfies DeviceRecord }]);
  return id;
}
