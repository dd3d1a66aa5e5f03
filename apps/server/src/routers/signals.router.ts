import { typingInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { sendTyping, subscribeSignals } from "../services/signals.service.ts";
import { admitSubscription } from "../socket/live-socket.ts";
import { authedProcedure, router } from "../trpc.ts";

export const signalsRouter = router({
  /** What is gone when nobody hears it. Apart from the feed, because an untracked event would erase its place. */
  subscribe: authedProcedure.subscription(({ ctx, signal }) => {
    const session = sessionOf(ctx);
    return subscribeSignals(ctx.app, session, admitSubscription(ctx.socket, signal));
  }),
  typing: authedProcedure
    .input(typingInput)
    .mutation(({ ctx, input }) => sendTyping(ctx.app, sessionOf(ctx), input.conversationId)),
});
