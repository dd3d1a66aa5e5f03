import { findSignalPeers, listPresencePeers } from "@sotto/db";
import type { presenceInput, Signal } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { Bell } from "../lib/bell.ts";
import { unknownConversation } from "../lib/request-error.ts";
import type { Admission } from "../socket/live-socket.ts";

/** A listener that falls further behind than this loses the oldest: what was typed a while ago is no news. */
const maxQueued = 64;
const idleCheckMs = 60_000;

export async function sendTyping(app: App, session: Session, conversationId: string): Promise<void> {
  const peerIds = await findSignalPeers(app.db, { conversationId, userId: session.userId });
  if (!peerIds) throw unknownConversation();
  app.notifier.signal(peerIds, { kind: "typing", conversationId, userId: session.userId });
}

/**
 * Only to those who say that they show theirs, and it is written down nowhere. That they do show it is for their clients
 * to keep: a changed one could listen and stay silent.
 */
export async function sendPresence(
  app: App,
  { userId }: Session,
  { present, to }: z.infer<typeof presenceInput>,
): Promise<void> {
  if (to === undefined) await app.rateLimits.take("presence", userId);
  const peerIds = await listPresencePeers(app.db, { userId, ...(to === undefined ? {} : { to }) });
  const asks = present && to === undefined;
  if (peerIds.length > 0) app.notifier.signal(peerIds, { kind: "presence", userId, present, asks });
}

export async function* subscribeSignals(
  app: App,
  session: Session,
  admission: Admission,
  { presence }: { presence: boolean },
): AsyncGenerator<Signal, void> {
  const { signal: stop } = admission;
  const bell = new Bell();
  const queue: Signal[] = [];
  const off = app.notifier.onSignal(session.userId, (signal) => {
    if (signal.kind === "presence" && !presence) return;
    if (queue.length >= maxQueued) queue.shift();
    queue.push(signal);
    bell.ring();
  });
  try {
    while (!stop.aborted) {
      await admission.writable();
      bell.reset();
      for (let next = queue.shift(); next && !stop.aborted; next = queue.shift()) yield next;
      await bell.wait(idleCheckMs, stop);
    }
  } finally {
    off();
    admission.release();
  }
}
