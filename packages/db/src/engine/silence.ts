import type { ClientBase } from "pg";

type Connected = { connection: { stream: { destroy: (error: Error) => void } } };

/** Ends the connection of a query that has no answer after `silenceMs`, which fails it and all that wait behind it. */
export function giveUpOnSilence(client: ClientBase, silenceMs: number): void {
  const query = client.query.bind(client) as (...input: unknown[]) => unknown;
  const watched = (...input: unknown[]): unknown => {
    const answer = query(...input);
    if (!(answer instanceof Promise)) return answer;
    const timer = setTimeout(() => {
      const { connection } = client as unknown as Connected;
      connection.stream.destroy(
        Object.assign(new Error(`The database has not answered for ${silenceMs / 1_000} seconds.`), {
          code: "ETIMEDOUT",
        }),
      );
    }, silenceMs);
    timer.unref();
    return answer.finally(() => clearTimeout(timer));
  };
  client.query = watched as typeof client.query;
}
