/**
 * How fast it can be with tRPC over WebSocket, as its documentation shows it: one call for each message, one value of
 * the subscription for each message. A relay, or with `DATABASE_URL` a server with group commit; no feed, no receipts.
 */
import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { initTRPC, TRPCError } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import * as z from "zod/mini";
import { createStore, type Stored } from "./store.ts";
import { findUser } from "./token.ts";

const store = createStore(process.env["DATABASE_URL"]);
const arrivals = new EventEmitter();
arrivals.setMaxListeners(0);

const t = initTRPC.context<{ userId: string }>().create();
const router = t.router({
  send: t.procedure
    .input(z.object({ to: z.uuid(), content: z.string().check(z.maxLength(92_844)) }))
    .mutation(async ({ ctx, input }) => {
      const stored = await store({ from: ctx.userId, ...input });
      arrivals.emit(stored.to, stored);
      return { id: stored.id };
    }),
  arrivals: t.procedure.subscription(async function* ({ ctx, signal }) {
    for await (const [stored] of on(arrivals, ctx.userId, { signal })) {
      const { id, from, content } = stored as Stored;
      yield { id, from, content };
    }
  }),
});

const httpServer = createServer();
applyWSSHandler({
  wss: new WebSocketServer({ server: httpServer, maxPayload: 128 * 1024, perMessageDeflate: false }),
  router,
  createContext: ({ req }) => {
    const userId = findUser(req);
    if (userId === null) throw new TRPCError({ code: "UNAUTHORIZED" });
    return { userId };
  },
});

httpServer.listen(0, "127.0.0.1", () => {
  const { port } = httpServer.address() as AddressInfo;
  process.stdout.write(`The tRPC limit on http://127.0.0.1:${port}\n`);
});
