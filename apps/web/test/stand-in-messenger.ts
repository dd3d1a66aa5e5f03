import type { EventName, Messenger, MessengerEvents } from "@sotto/client";

type Handlers = { [Name in EventName]?: Set<(event: MessengerEvents[Name]) => void | Promise<void>> };

function refuse(): never {
  throw new Error("This test does not call it.");
}

/** Stands for the messenger's own queue where what a test writes is on the device as soon as the call settles. */
function queueOf(messenger: Omit<Messenger, "queue">): Messenger["queue"] {
  return {
    send: async (...args) => void (await messenger.send(...args)),
    edit: (...args) => messenger.edit(...args),
    deleteMessage: (...args) => messenger.deleteMessage(...args),
    react: (...args) => messenger.react(...args),
    unreact: (...args) => messenger.unreact(...args),
    retry: async (...args) => void (await messenger.retry(...args)),
  };
}

/** A messenger whose answers a test gives; what is under test here is the channel in front of it. */
export function createStandIn(answers: Partial<Messenger> = {}) {
  const handlers: Handlers = {};
  const calls: Omit<Messenger, "queue"> = {
    user: { id: "me", username: "ada" },
    connection: "online",
    signUp: refuse,
    signIn: refuse,
    recover: refuse,
    changePassword: refuse,
    createRecoveryKey: refuse,
    renewRecoveryKey: refuse,
    checkRecoveryKey: refuse,
    deleteAccount: refuse,
    signOut: refuse,
    openDirect: refuse,
    conversations: refuse,
    send: refuse,
    edit: refuse,
    deleteMessage: refuse,
    react: refuse,
    unreact: refuse,
    retry: refuse,
    importFile: refuse,
    cancelImport: refuse,
    discard: refuse,
    message: refuse,
    search: refuse,
    prepareSearch: refuse,
    exportPart: refuse,
    history: refuse,
    firstUnread: refuse,
    markRead: refuse,
    sendTyping: refuse,
    setPresent: refuse,
    listPresent: refuse,
    setPreference: refuse,
    setDraft: refuse,
    settings: refuse,
    setSettings: refuse,
    searchUsers: refuse,
    setVerified: refuse,
    safetyNumber: refuse,
    acceptKey: refuse,
    acceptRequest: refuse,
    block: refuse,
    unblock: refuse,
    blocked: refuse,
    sessions: refuse,
    revokeSession: refuse,
    request: refuse,
    wake: refuse,
    close: refuse,
    on(name, handler) {
      const set: Set<typeof handler> = handlers[name] ?? new Set();
      Object.assign(handlers, { [name]: set.add(handler) });
      return () => void set.delete(handler);
    },
    ...answers,
  };
  const messenger: Messenger = { ...calls, queue: answers.queue ?? queueOf(calls) };
  function tell<Name extends EventName>(name: Name, event: MessengerEvents[Name]): void {
    for (const handler of handlers[name] ?? []) void handler(event);
  }
  return { messenger, tell };
}
