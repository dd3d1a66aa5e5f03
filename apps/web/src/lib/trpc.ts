import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "@sotto/server";

/** Server state that is not secret: people search, sessions, how registration is set. */
export const trpc: ReturnType<typeof createTRPCReact<AppRouter>> = createTRPCReact<AppRouter>();
