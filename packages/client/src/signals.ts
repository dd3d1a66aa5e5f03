import { signalSchema } from "@sotto/protocol";
import type { Api } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import type { Library } from "./library.ts";
import { createPresence } from "./presence.ts";
import type { Preferences } from "./preferences.ts";

/** What is gone when nobody hears it: who is typing, and who is there. */
export function createSignals(input: {
  api: Api;
  library: Library;
  emitter: Emitter;
  preferences: Preferences;
  isOnline: () => boolean;
}) {
  const { api, library, emitter, preferences, isOnline } = input;
  const presence = createPresence(input);
  let shown = false;
  let subscription: { unsubscribe(): void } | undefined;

  /** It is mutual, and presence goes only to whom this person has written to: the server looks after that. */
  async function isTypingShared(conversationId: string): Promise<boolean> {
    if (!preferences.settings().typing) return false;
    const conversation = await library.findConversation(conversationId);
    return conversation === undefined || !preferences.isKeptFrom(conversation);
  }

  async function receiveTyping(conversationId: string, userId: string): Promise<void> {
    if (await isTypingShared(conversationId)) emitter.tell("typing", { conversationId, userId });
  }

  function receive(data: unknown): void {
    const signal = signalSchema.safeParse(data);
    if (!signal.success) return;
    if (signal.data.kind === "presence") return presence.receive(signal.data);
    const { conversationId, userId } = signal.data;
    // One that is lost is said again.
    receiveTyping(conversationId, userId).catch(() => undefined);
  }

  function subscribe(): void {
    subscription?.unsubscribe();
    shown = preferences.settings().presence;
    subscription = api.signals.subscribe.subscribe(
      { presence: shown },
      { onData: receive, onError: () => undefined },
    );
  }

  return {
    presence,
    start(): void {
      subscribe();
    },
    /** The settings may be others. */
    refresh(): void {
      if (subscription === undefined || preferences.settings().presence === shown) return;
      subscribe();
      presence.switched();
    },
    async sendTyping(conversationId: string): Promise<void> {
      if (isOnline() && (await isTypingShared(conversationId)))
        await api.signals.typing.mutate({ conversationId });
    },
    close(): void {
      subscription?.unsubscribe();
      presence.close();
    },
  };
}
