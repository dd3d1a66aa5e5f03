import { acknowledgeInput, historyInput, markReadInput, sendInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import {
  acknowledgeFeed,
  listMessages,
  markMessagesRead,
  sendMessages,
} from "../services/messages.service.ts";
import { inAccountTurn } from "../socket/account-turns.ts";
import { authedProcedure, router } from "../trpc.ts";

export const messagesRouter = router({
  /** Idempotent by message id. One result for each message, in their order; answered after commit. */
  send: authedProcedure
    .input(sendInput)
    .mutation(({ ctx, input }) =>
      inAccountTurn(ctx, "send", (session) => sendMessages(ctx.app, session, input.messages)),
    ),
  /** Newest first, cut at `limits.pageMaxBytes`. */
  history: authedProcedure
    .input(historyInput)
    .query(({ ctx, input }) => listMessages(ctx.app, sessionOf(ctx), ctx.socket, input)),
  /** Cumulative: every message up to this place of the feed has reached a device. */
  acknowledge: authedProcedure
    .input(acknowledgeInput)
    .mutation(({ ctx, input }) =>
      inAccountTurn(ctx, "mark", (session) => acknowledgeFeed(ctx.app, session, input.cursor)),
    ),
  /** Cumulative: the person has seen this message and all before it. */
  markRead: authedProcedure
    .input(markReadInput)
    .mutation(({ ctx, input }) =>
      inAccountTurn(ctx, "mark", (session) => markMessagesRead(ctx.app, session, input)),
    ),
});
