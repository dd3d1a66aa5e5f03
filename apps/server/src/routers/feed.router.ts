import { feedInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { getFeedHead, subscribeFeed } from "../services/feed.service.ts";
import { admitSubscription } from "../socket/live-socket.ts";
import { authedProcedure, router } from "../trpc.ts";

export const feedRouter = router({
  /** The cursor of the newest event. */
  head: authedProcedure.query(({ ctx }) => getFeedHead(ctx.app, sessionOf(ctx))),
  /** Every event after the cursor, as it is and as it comes; each batch tracked under its last event's cursor. */
  subscribe: authedProcedure.input(feedInput).subscription(({ ctx, input, signal }) => {
    const session = sessionOf(ctx);
    const admission = admitSubscription(ctx.socket, signal);
    return subscribeFeed(ctx.app, session, admission, input.lastEventId ?? input.cursor);
  }),
});
