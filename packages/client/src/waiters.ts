import type { SottoError } from "./errors.ts";

export type Sent = { id: string; createdAt: string };

type Waiter = { sent: Promise<Sent>; resolve: (sent: Sent) => void; reject: (error: SottoError) => void };

/** Who waits until the server has a message, by its id; all who wait for the same one hear the same. */
export function createWaiters() {
  const waiters = new Map<string, Waiter>();

  function take(id: string): Waiter | undefined {
    const waiter = waiters.get(id);
    waiters.delete(id);
    return waiter;
  }

  return {
    wait(id: string): Promise<Sent> {
      const known = waiters.get(id);
      if (known !== undefined) return known.sent;
      let resolve: Waiter["resolve"] = () => {};
      let reject: Waiter["reject"] = () => {};
      const sent = new Promise<Sent>((...ends) => {
        [resolve, reject] = ends;
      });
      waiters.set(id, { sent, resolve, reject });
      return sent;
    },
    resolve(sent: Sent): void {
      take(sent.id)?.resolve(sent);
    },
    reject(id: string, error: SottoError): void {
      take(id)?.reject(error);
    },
    rejectAll(toError: () => SottoError): void {
      for (const id of waiters.keys()) take(id)?.reject(toError());
    },
  };
}
