import { listConversationsInput, openDirectInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { listOwnConversations, openDirect } from "../services/conversations.service.ts";
import { authedProcedure, router } from "../trpc.ts";

export const conversationsRouter = router({
  /** Finds or makes the one direct conversation of two people. */
  openDirect: authedProcedure
    .input(openDirectInput)
    .mutation(({ ctx, input }) => openDirect(ctx.app, sessionOf(ctx), input.username)),
  list: authedProcedure
    .input(listConversationsInput)
    .query(({ ctx, input }) => listOwnConversations(ctx.app, sessionOf(ctx), ctx.socket, input)),
});
