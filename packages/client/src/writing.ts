import { uuidSchema } from "@sotto/protocol";
import { SottoError } from "./errors.ts";
import type { Live } from "./live.ts";
import type { Messenger, Writing } from "./types.ts";
import type { Sent } from "./waiters.ts";

/** In the store, and on its way to the server. */
type Underway = { sent: Promise<Sent> };

/**
 * What goes through the outbox has two ends: it is in the store, and the server has it. `queue` waits for the first and
 * hears of all that keeps it from getting there; what happens later is said by the message itself. `calls` wait for
 * the second.
 *
 * @param write runs behind what was called before it, in a conversation that the store knows
 */
export function createWriting(
  write: <T>(conversationId: string, task: (running: Live) => Promise<T>) => Promise<T>,
): { calls: Pick<Messenger, Writing>; queue: Messenger["queue"] } {
  const send = (...[conversationId, { text, replyTo, forwarded, id }]: Parameters<Messenger["send"]>) =>
    write(conversationId, ({ outbox }) => {
      if (id !== undefined && !uuidSchema.safeParse(id).success) {
        throw new SottoError("bad-input", `The id "${id}" must be a lower-case UUID.`);
      }
      const reply = replyTo === undefined ? {} : { replyTo };
      const passedOn = forwarded === true ? { forwarded } : {};
      const body = { type: "text", text, ...reply, ...passedOn } as const;
      return outbox.add(conversationId, body, id === undefined ? {} : { id });
    });
  const edit = (conversationId: string, messageId: string, text: string) =>
    write(conversationId, ({ actions }) => actions.edit(conversationId, messageId, text));
  const deleteMessage = (conversationId: string, messageId: string) =>
    write(conversationId, ({ actions }) => actions.delete(conversationId, messageId));
  const react = (conversationId: string, messageId: string, emoji: string | null) =>
    write(conversationId, ({ actions }) => actions.react(conversationId, messageId, emoji));
  const retry = (conversationId: string, messageId: string) =>
    write(conversationId, ({ actions }) => actions.retry(conversationId, messageId));

  return {
    calls: {
      send: async (...args) => (await send(...args)).sent,
      edit: async (...args) => sent(await edit(...args)),
      deleteMessage: async (...args) => sent(await deleteMessage(...args)),
      react: async (...args) => sent(await react(...args)),
      unreact: async (...args) => sent(await react(...args, null)),
      retry: async (...args) => (await retry(...args)).sent,
    },
    queue: {
      send: async (...args) => void (await send(...args)),
      edit: async (...args) => void (await edit(...args)),
      deleteMessage: async (...args) => void (await deleteMessage(...args)),
      react: async (...args) => void (await react(...args)),
      unreact: async (...args) => void (await react(...args, null)),
      retry: async (...args) => void (await retry(...args)),
    },
  };
}

/** Null: there was nothing to send. */
async function sent(underway: Underway | null): Promise<void> {
  await underway?.sent;
}
