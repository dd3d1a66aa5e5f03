import { acknowledgeInput, historyInput, markReadInput, sendInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import {
  acknowledgeFeed,
  listMessages,
  markMessagesRead,
  sendMessages,
} from "../services/messages.service.ts";
import { sendInTurn } from "../socket/live-socket.ts";
import { authedProcedure, router } from "../trpc.ts";

export const messagesRouter = router({
  /** Idempotent by message id. One result for each message, in their order; answered after commit. */
  send: authedProcedure
    .input(sendInput)
    .mutation(({ ctx, input }) =>
      sendInTurn(ctx.socket, () => sendMessages(ctx.app, sessionOf(ctx), input.messages)),
    ),
  /** Newest first, cut at `limits.pageMaxBytes`. */
  history: authedProcedure
    .input(historyInput)
    .query(({ ctx, input }) => listMessages(ctx.app, sessionOf(ctx), ctx.socket, input)),
  /** Cumulative: every message up to this place of the feed has reached a device. */
  acknowledge: authedProcedure
    .input(acknowledgeInput)
    .mutation(({ ctx, input }) => acknowledgeFeed(ctx.app, sessionOf(ctx), input.cursor)),
  /** Cumulative: the person has seen this message and all before it. */
  markRead: authedProcedure
    .input(markReadInput)
    .mutation(({ ctx, input }) => markMessagesRead(ctx.app, sessionOf(ctx), input)),
});
