import {
  type Conversation,
  createMessenger,
  memoryStore,
  type Messenger,
  type MessengerEvents,
  type Store,
} from "@sotto/client";

export const password = "violin tundra marmalade";

export type Person = Messenger & AsyncDisposable & { name: string; recoveryKey: string };

/** Signs a new person up with a memory store, unless another is given. */
export async function signUp(
  url: string,
  name: string,
  store: Store = memoryStore(),
  options: { quietRequests?: boolean } = {},
): Promise<Person> {
  const messenger = await createMessenger({ url, store, ...options });
  const { recoveryKey } = await messenger.signUp({ username: name, password });
  return person(messenger, name, recoveryKey);
}

/** The same account on another, empty device. */
export async function signIn(
  url: string,
  name: string,
  store: Store = memoryStore(),
  options: { quietRequests?: boolean } = {},
): Promise<Person> {
  const messenger = await createMessenger({ url, store, ...options });
  await messenger.signIn({ username: name, password });
  return person(messenger, name, "");
}

function person(messenger: Messenger, name: string, recoveryKey: string): Person {
  return Object.assign(Object.create(messenger) as Messenger, {
    name,
    recoveryKey,
    [Symbol.asyncDispose]: () => messenger.close(),
  });
}

/** Waits until the only conversation looks as `done` says, as this device shows it. */
export async function untilShown(
  who: Messenger,
  done: (conversation: Conversation) => boolean,
): Promise<Conversation> {
  const changes = collect(who, "conversations");
  for (let count = 0; ; count += 1) {
    const [conversation] = await who.conversations();
    if (conversation !== undefined && done(conversation)) return conversation;
    await changes.until(({ length }) => length > count);
  }
}

/** Collects what an event brings, and waits until `done` says that it is enough. */
export function collect<Name extends keyof MessengerEvents>(messenger: Messenger, name: Name) {
  const seen: MessengerEvents[Name][] = [];
  let check: () => void = () => undefined;
  messenger.on(name, (event) => {
    seen.push(event);
    check();
  });
  return {
    seen,
    until: (done: (seen: MessengerEvents[Name][]) => boolean) =>
      new Promise<MessengerEvents[Name][]>((resolve) => {
        check = () => {
          if (done(seen)) resolve(seen);
        };
        check();
      }),
  };
}
