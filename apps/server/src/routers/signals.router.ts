import { presenceInput, signalsInput, typingInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { sendPresence, sendTyping, subscribeSignals } from "../services/signals.service.ts";
import { admitSubscription } from "../socket/live-socket.ts";
import { authedProcedure, router } from "../trpc.ts";

export const signalsRouter = router({
  /** What is gone when nobody hears it. Apart from the feed, because an untracked event would erase its place. */
  subscribe: authedProcedure.input(signalsInput).subscription(({ ctx, input, signal }) => {
    const admission = admitSubscription(ctx.socket, signal);
    return subscribeSignals(ctx.app, sessionOf(ctx), admission, { presence: input?.presence ?? false });
  }),
  presence: authedProcedure
    .input(presenceInput)
    .mutation(({ ctx, input }) => sendPresence(ctx.app, sessionOf(ctx), input)),
  typing: authedProcedure
    .input(typingInput)
    .mutation(({ ctx, input }) => sendTyping(ctx.app, sessionOf(ctx), input.conversationId)),
});
