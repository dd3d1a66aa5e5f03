/** One headless client: signs up or resumes, writes to its partners, and keeps a journal of all it does and sees. */
import { closeSync, openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createMessenger, fileStore, type Message, type Messenger, SottoError } from "@sotto/client";
import type { DeviceStatus, HostTask } from "./host-protocol.ts";
import type { Entry, Shown } from "./journal.ts";
import { createRandom } from "./random.ts";
import { trueNow } from "./skewed-clock.ts";
import { makeText, numbersPerLife } from "./texts.ts";
import { watchStore } from "./watched-store.ts";

const maxPending = 100;
const retryMs = 500;
const historyPage = 200;

export type HeadlessDevice = Awaited<ReturnType<typeof startDevice>>;

export async function startDevice(task: HostTask, place: HostTask["devices"][number]) {
  const { device } = place;
  const random = createRandom(task.seed, `device/${device.name}/${task.life}`);
  const journal = openSync(place.journalPath, "a");
  let lastWriteMs = trueNow();
  let conversationIds = place.conversationIds;
  let number = task.life * numbersPerLife;
  let pending = 0;
  let acknowledged = 0;
  let talking = false;
  let closing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(entry: Entry): void {
    lastWriteMs = trueNow();
    writeSync(journal, `${JSON.stringify({ ...entry, atMs: lastWriteMs })}\n`);
  }

  const store = watchStore(fileStore(device.storePath), write);
  const cursor = await store.get("cursor");
  write({ kind: "started", cursor: typeof cursor === "string" ? cursor : null });
  const messenger = await createMessenger({ url: place.url, store });
  messenger.on("message", async (message) => {
    write({ kind: "applied", message: show(message) });
    if (random.chance(0.05)) markRead(message);
    // Some handlers take their time; a kill then meets a message between its two commits.
    if (random.chance(0.05)) await delay(random.integer(1, 60));
  });
  messenger.on("receipt", (receipt) => write({ kind: "receipt", receipt }));
  messenger.on("connection", (state) => write({ kind: "connection", state }));
  messenger.on("session", ({ user }) => {
    if (user === null) void enter(false);
    else write({ kind: "signed-in", userId: user.id });
  });

  function markRead({ conversationId, id }: Message): void {
    messenger.markRead(conversationId, id).catch(() => undefined);
  }

  /** Until it is in: servers die meanwhile, and so does the network. */
  async function enter(first: boolean): Promise<void> {
    const { username } = device;
    const isOut = () => !closing && messenger.user === null;
    let signUp = first;
    while (isOut()) {
      try {
        if (signUp) await messenger.signUp({ username, password: task.password });
        else await messenger.signIn({ username, password: task.password });
        signUp = false;
      } catch (error) {
        const reason = reasonOf(error);
        write({ kind: "not-in", reason });
        // An answer may be lost after the account was made.
        if (reason === "username-taken") signUp = false;
        await delay(retryMs);
      }
    }
  }

  if (messenger.user === null) await enter(device.first && task.life === 0);
  else write({ kind: "signed-in", userId: messenger.user.id });

  function talk(): void {
    const waitMs = random.exponential(1_000 / device.rate);
    timer = setTimeout(() => {
      // Now and then many at once: they share frames and transactions.
      const burst = random.chance(0.02) ? random.integer(5, 30) : 1;
      for (let count = 0; count < burst; count += 1) sendOne();
      if (talking) talk();
    }, waitMs);
  }

  function sendOne(): void {
    if (pending >= maxPending || messenger.user === null) return;
    const own = number;
    number += 1;
    const conversationId = random.pick(conversationIds);
    const text = makeText(task.marker, device.name, own, random);
    pending += 1;
    write({ kind: "invoked", number: own, conversationId, text });
    messenger
      .send(conversationId, { text })
      .then(({ id, createdAt }) => {
        acknowledged += 1;
        write({ kind: "acknowledged", number: own, id, createdAt });
      })
      .catch((error: unknown) => {
        if (closing) return;
        write({ kind: "failed", number: own, reason: reasonOf(error), said: String(error) });
      })
      .finally(() => {
        pending -= 1;
      });
  }

  return {
    name: device.name,
    /** Gives the ids of its conversations, once all its partners are there. */
    async open(): Promise<string[]> {
      if (conversationIds.length === 0) conversationIds = await openAll(messenger, device.partners);
      return conversationIds;
    },
    talk(): void {
      talking = true;
      talk();
    },
    hush(): void {
      talking = false;
      clearTimeout(timer);
    },
    async endSession(how: "revoke" | "sign-out"): Promise<void> {
      if (messenger.user === null) return;
      write({ kind: "leaving", how });
      if (how === "sign-out") return messenger.signOut();
      const current = (await messenger.sessions()).find((session) => session.current);
      if (current !== undefined) await messenger.revokeSession(current.id);
    },
    status: (): DeviceStatus => ({
      device: device.name,
      online: messenger.user !== null && messenger.connection === "online",
      pending,
      acknowledged,
      quietMs: trueNow() - lastWriteMs,
    }),
    async finish(): Promise<void> {
      closing = true;
      for (const { id } of await messenger.conversations()) await writeHistory(messenger, id, write);
      await messenger.close();
      write({ kind: "finished" });
      closeSync(journal);
    },
  };
}

async function openAll(messenger: Messenger, partners: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const partner of partners) {
    for (;;) {
      try {
        const { id } = await messenger.openDirect(partner);
        ids.push(id);
        break;
      } catch {
        // Not signed up yet.
        await delay(retryMs);
      }
    }
  }
  return ids;
}

async function writeHistory(
  messenger: Messenger,
  conversationId: string,
  write: (entry: Entry) => void,
): Promise<void> {
  let before: string | undefined;
  for (;;) {
    const page = await messenger.history(conversationId, {
      limit: historyPage,
      ...(before === undefined ? {} : { before }),
    });
    if (page.length === 0) return;
    write({ kind: "history", messages: page.map(show) });
    before = page.at(-1)?.id;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof SottoError ? error.code : String(error);
}

function show(message: Message): Shown {
  const { id, conversationId, senderId, text, createdAt, state, refusal } = message;
  const complaints = [
    ...(message.problem === undefined ? [] : [message.problem]),
    ...(message.missingBefore === undefined ? [] : [`${message.missingBefore} missing before it`]),
    ...(message.tampered === true ? ["tampered"] : []),
  ];
  return {
    id,
    conversationId,
    senderId,
    text,
    createdAt,
    state,
    ...(refusal === undefined ? {} : { refusal }),
    ...(complaints.length === 0 ? {} : { complaint: complaints.join(", ") }),
  };
}
