import { findSignalPeers } from "@sotto/db";
import type { Signal } from "@sotto/protocol";
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

export async function* subscribeSignals(
  app: App,
  session: Session,
  admission: Admission,
): AsyncGenerator<Signal, void> {
  const { signal: stop } = admission;
  const bell = new Bell();
  const queue: Signal[] = [];
  const off = app.notifier.onSignal(session.userId, (signal) => {
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
