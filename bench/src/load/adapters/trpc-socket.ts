import { openSocket } from "./open-socket.ts";
import { Pending } from "./pending.ts";

export type TrpcSocket = {
  mutate(path: string, input: unknown): Promise<unknown>;
  /** Resolves when the server has begun it. `data` is what tRPC puts there: for a tracked value `{ id, data }`. */
  subscribe(path: string, input: unknown, onData: (data: unknown) => void): Promise<void>;
  close(): Promise<void>;
};

type Frame = {
  id: number;
  result?: { type: "started" | "stopped" | "data"; data?: unknown };
  error?: { message: string };
};

const callsPerFrame = 20;

/**
 * tRPC over WebSocket as its own client speaks it, with less work for the load: calls that are made at once go out in
 * one frame.
 */
export async function openTrpcSocket(url: string, headers: Record<string, string>): Promise<TrpcSocket> {
  const pending = new Pending<unknown>();
  const streams = new Map<number, (data: unknown) => void>();
  let calls: string[] = [];

  const socket = await openSocket(url, headers, (text) => {
    if (text === "PING") return socket.send("PONG");
    const { id, result, error } = JSON.parse(text) as Frame;
    if (error !== undefined) return pending.reject(id, new Error(error.message));
    if (result?.type === "data") {
      const stream = streams.get(id);
      if (stream === undefined) pending.resolve(id, result.data);
      else stream(result.data);
    } else if (result?.type === "started") {
      pending.resolve(id, undefined);
    }
  });

  function flush(): void {
    const due = calls;
    calls = [];
    for (let start = 0; start < due.length; start += callsPerFrame) {
      const frame = due.slice(start, start + callsPerFrame);
      socket.send(frame.length === 1 ? (frame[0] ?? "") : `[${frame.join(",")}]`);
    }
  }

  function call(method: string, path: string, input: unknown, onData?: (data: unknown) => void) {
    return pending.add((id) => {
      if (onData !== undefined) streams.set(id, onData);
      if (calls.length === 0) queueMicrotask(flush);
      calls.push(JSON.stringify({ id, method, params: { path, input } }));
    });
  }

  return {
    mutate: (path, input) => call("mutation", path, input),
    async subscribe(path, input, onData) {
      await call("subscription", path, input, onData);
    },
    close: socket.close,
  };
}
