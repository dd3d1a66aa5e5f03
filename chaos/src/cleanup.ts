/** Node 20 has no AsyncDisposableStack. Last in, first out. */
export class Cleanup implements AsyncDisposable {
  readonly #tasks: (() => PromiseLike<unknown>)[] = [];

  later(task: () => PromiseLike<unknown>): void {
    this.#tasks.push(task);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const task of this.#tasks.splice(0).toReversed()) await task();
  }
}

/** Interrupted, the rig leaves neither processes nor mounts behind. */
export function onSignals(cleanUp: () => Promise<void>): () => void {
  const listener = () => void cleanUp().finally(() => process.exit(130));
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.once(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}
