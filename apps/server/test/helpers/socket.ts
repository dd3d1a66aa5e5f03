import { once } from "node:events";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "../../src/router.ts";
import type { Api } from "./api.ts";
import type { Person } from "./person.ts";

export function socketUrl(url: string, token?: string): string {
  const address = `${url.replace("http", "ws")}/api/ws`;
  return token === undefined ? address : `${address}?token=${token}`;
}

export type SocketApi = {
  api: Api;
  /** The code the server closed with. */
  closed: Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A connected tRPC client on one socket, which is not replaced when it closes. */
export async function connect(url: string, person: Person): Promise<SocketApi> {
  let report: (code: number) => void = () => {};
  const closed = new Promise<number>((resolve) => {
    report = resolve;
  });
  let opened: () => void = () => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const client = createWSClient({
    url: async () => socketUrl(url, (await person.api.auth.ticket.mutate()).token),
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 60_000,
    onOpen: () => opened(),
    onClose: (cause) => report(cause?.code ?? 0),
  });
  await open;
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    closed,
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}

/** A bare socket: for what no well-behaved client does. */
export async function connectRaw(url: string, person: Person): Promise<WebSocket> {
  const { token } = await person.api.auth.ticket.mutate();
  const ws = new WebSocket(socketUrl(url, token));
  await once(ws, "open");
  return ws;
}

export async function closeCodeOf(ws: WebSocket): Promise<number> {
  const [code] = (await once(ws, "close")) as [number];
  return code;
}
