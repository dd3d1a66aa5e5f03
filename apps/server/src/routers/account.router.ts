import { putAccountDataInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { getAccountData, listWhatIsStored, storeAccountData } from "../services/account.service.ts";
import { inAccountTurn } from "../socket/account-turns.ts";
import { inTurn } from "../socket/live-socket.ts";
import { authedProcedure, router } from "../trpc.ts";

export const accountRouter = router({
  get: authedProcedure.query(({ ctx }) => inTurn(ctx.socket, () => getAccountData(ctx.app, sessionOf(ctx)))),
  /** Every table of the database with the caller's own rows in it; long values shortened. */
  whatIsStored: authedProcedure.query(({ ctx }) => listWhatIsStored(ctx.app, sessionOf(ctx))),
  /** Compare-and-set on `version`. */
  put: authedProcedure
    .input(putAccountDataInput)
    .mutation(({ ctx, input }) =>
      inAccountTurn(ctx, "accountData", (session) => storeAccountData(ctx.app, session, input)),
    ),
});
