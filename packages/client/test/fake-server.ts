import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTRPCClient } from "@trpc/client";
import type { AppRouter } from "@sotto/server";
import { type WebSocket, WebSocketServer } from "ws";
import type { Api } from "../src/api.ts";
import { createConnection } from "../src/connection.ts";
import { createEmitter } from "../src/emitter.ts";
import { createCookieJar, createSession } from "../src/session.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import { grantOf } from "./grant.ts";

type Call = { path: string; input: unknown };

/** A server that does with sockets what a test wants, and answers every call on them. */
export async function startFakeServer() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const sockets: WebSocket[] = [];
  const calls: Call[] = [];
  let changed: () => void = () => undefined;
  let accept: (ws: WebSocket) => void = () => undefined;
  server.on("connection", (ws) => {
    sockets.push(ws);
    ws.on("message", (data: Buffer) => {
      const text = data.toString();
      if (text === "PING") return ws.send("PONG");
      const { id, params } = JSON.parse(text) as { id: number; params: Call };
      calls.push({ path: params.path, input: params.input });
      ws.send(JSON.stringify({ id, result: { type: "data", data: {} } }));
      changed();
    });
    accept(ws);
    changed();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    calls,
    /** What happens to each socket that comes from now on. */
    onAccept(next: (ws: WebSocket) => void): void {
      accept = next;
    },
    async until(fits: () => boolean): Promise<void> {
      while (!fits()) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    close(): void {
      for (const ws of sockets) ws.terminate();
      server.close();
    },
  };
}

/** A connection to it, as someone whose first access token is `token-0`; each refresh gives the next one. */
export async function connectTo(url: string, options: { extendEveryMs?: number } = {}) {
  const states: string[] = [];
  const shown: string[] = [];
  let ended = 0;
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let onlines = 0;
  let refreshes = 0;
  const emitter = createEmitter();
  emitter.on("connection", (state) => void states.push(state));
  const session = createSession(memoryStore(), createCookieJar(), () => undefined);
  const connection = await createConnection({
    url,
    session,
    emitter,
    onOnline: () => {
      onlines += 1;
    },
    onEnded: () => {
      ended += 1;
      void connection.close().then(leave);
    },
    ...options,
  });
  const refresh = async () => {
    refreshes += 1;
    return grantOf(refreshes);
  };
  const ticket = async () => {
    shown.push(await session.accessToken());
    return { token: "ticket" };
  };
  const socketApi: Api = createTRPCClient<AppRouter>({ links: [connection.link] });
  const api = {
    auth: { refresh: { mutate: refresh }, ticket: { mutate: ticket }, extend: socketApi.auth.extend },
  } as unknown as Api;
  session.use(api);
  session.keep(grantOf(0));
  connection.start(api);
  return {
    connection,
    emitter,
    socketApi,
    /** Every state that was told. */
    states,
    /** The access tokens that tickets were asked for with. */
    shown,
    ended: () => ended,
    /** Settles once it has ended and is closed. */
    left,
    onlines: () => onlines,
  };
}
