import {
  changePasswordInput,
  changePasswordStartInput,
  confirmStartInput,
  deleteAccountInput,
  extendInput,
  loginFinishInput,
  loginStartInput,
  recoverFinishInput,
  recoverStartInput,
  refreshInput,
  registerFinishInput,
  registerStartInput,
  renewRecoveryKeyInput,
  revokeSessionInput,
} from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { exchangeOf } from "../http/http-exchange.ts";
import {
  deleteOwnAccount,
  renewRecoveryKey,
  startConfirmation,
} from "../services/confirmed-actions.service.ts";
import { finishPasswordChange, startPasswordChange } from "../services/password.service.ts";
import { finishRecovery, startRecovery } from "../services/recovery.service.ts";
import {
  finishRegistration,
  registrationOptions,
  startRegistration,
} from "../services/registration.service.ts";
import {
  createTicket,
  endOwnOtherSessions,
  endOwnSession,
  extendSocket,
  listOwnSessions,
  refreshSession,
  signOut,
} from "../services/sessions.service.ts";
import { finishSignIn, startSignIn } from "../services/sign-in.service.ts";
import { authedProcedure, publicProcedure, router } from "../trpc.ts";

export const authRouter = router({
  /** What a sign-up form needs to know before it is filled in. */
  options: publicProcedure.query(({ ctx }) => registrationOptions(ctx.app)),

  registerStart: publicProcedure
    .input(registerStartInput)
    .mutation(({ ctx, input }) => startRegistration(ctx.app, ctx.address, input)),
  registerFinish: publicProcedure
    .input(registerFinishInput)
    .mutation(({ ctx, input }) => finishRegistration(ctx.app, ctx.address, exchangeOf(ctx), input)),

  loginStart: publicProcedure
    .input(loginStartInput)
    .mutation(({ ctx, input }) => startSignIn(ctx.app, ctx.address, input)),
  loginFinish: publicProcedure
    .input(loginFinishInput)
    .mutation(({ ctx, input }) => finishSignIn(ctx.app, ctx.address, exchangeOf(ctx), input)),

  recoverStart: publicProcedure
    .input(recoverStartInput)
    .mutation(({ ctx, input }) => startRecovery(ctx.app, ctx.address, input)),
  recoverFinish: publicProcedure
    .input(recoverFinishInput)
    .mutation(({ ctx, input }) => finishRecovery(ctx.app, ctx.address, exchangeOf(ctx), input)),

  changePasswordStart: authedProcedure
    .input(changePasswordStartInput)
    .mutation(({ ctx, input }) => startPasswordChange(ctx.app, sessionOf(ctx), input)),
  /** Ends all other sessions of the account. */
  changePassword: authedProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => finishPasswordChange(ctx.app, sessionOf(ctx), input)),

  /** First half of proving the password for one of `confirmedActions`. */
  confirmStart: authedProcedure
    .input(confirmStartInput)
    .mutation(({ ctx, input }) => startConfirmation(ctx.app, sessionOf(ctx), input)),
  /** The recovery key before it opens nothing any more. */
  renewRecoveryKey: authedProcedure
    .input(renewRecoveryKeyInput)
    .mutation(({ ctx, input }) => renewRecoveryKey(ctx.app, sessionOf(ctx), input)),
  /** Ends every session. There is no way back. */
  deleteAccount: authedProcedure
    .input(deleteAccountInput)
    .mutation(({ ctx, input }) => deleteOwnAccount(ctx.app, sessionOf(ctx), exchangeOf(ctx), input)),

  /** Needs the cookie; rotates it. */
  refresh: publicProcedure
    .input(refreshInput)
    .mutation(({ ctx, input }) => refreshSession(ctx.app, ctx.address, exchangeOf(ctx), input?.attempt)),
  /** Ends the session of the cookie and of the access token. Never fails for want of either. */
  logout: publicProcedure.mutation(({ ctx }) => signOut(ctx.app, ctx.session, exchangeOf(ctx))),

  /** A token for one WebSocket connection: `/api/ws?token=…`. */
  ticket: authedProcedure.mutation(({ ctx }) => createTicket(ctx.app, sessionOf(ctx))),
  /** On a socket: it lives as long again as an access token does. */
  extend: authedProcedure
    .input(extendInput)
    .mutation(({ ctx, input }) => extendSocket(ctx.app, sessionOf(ctx), ctx.socket, input.accessToken)),

  sessions: authedProcedure.query(({ ctx }) => listOwnSessions(ctx.app, sessionOf(ctx))),
  /** Closes the session's sockets at once. */
  revokeSession: authedProcedure
    .input(revokeSessionInput)
    .mutation(({ ctx, input }) => endOwnSession(ctx.app, sessionOf(ctx), input.sessionId)),
  revokeOtherSessions: authedProcedure.mutation(({ ctx }) => endOwnOtherSessions(ctx.app, sessionOf(ctx))),
});
