import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { accountRouter } from "./routers/account.router.ts";
import { authRouter } from "./routers/auth.router.ts";
import { conversationsRouter } from "./routers/conversations.router.ts";
import { feedRouter } from "./routers/feed.router.ts";
import { messagesRouter } from "./routers/messages.router.ts";
import { signalsRouter } from "./routers/signals.router.ts";
import { usersRouter } from "./routers/users.router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  auth: authRouter,
  users: usersRouter,
  conversations: conversationsRouter,
  messages: messagesRouter,
  account: accountRouter,
  feed: feedRouter,
  signals: signalsRouter,
});

/** All that clients know of this server. */
export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
