import { blockUserInput, getUserInput, searchUsersInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { blockPerson, listBlockedPeople, unblockPerson } from "../services/blocks.service.ts";
import { getUser, searchPeople } from "../services/people.service.ts";
import { authedProcedure, router } from "../trpc.ts";

export const usersRouter = router({
  /** By the beginning of the name, in any case; never the caller; at most `limits.searchResults`. */
  search: authedProcedure
    .input(searchUsersInput)
    .query(({ ctx, input }) => searchPeople(ctx.app, sessionOf(ctx), input.prefix)),
  get: authedProcedure.input(getUserInput).query(({ ctx, input }) => getUser(ctx.app, input.userId)),
  /** Also where they were blocked before. */
  block: authedProcedure
    .input(blockUserInput)
    .mutation(({ ctx, input }) => blockPerson(ctx.app, sessionOf(ctx), input.userId)),
  /** Also where they were not blocked. */
  unblock: authedProcedure
    .input(blockUserInput)
    .mutation(({ ctx, input }) => unblockPerson(ctx.app, sessionOf(ctx), input.userId)),
  blocked: authedProcedure.query(({ ctx }) => listBlockedPeople(ctx.app, sessionOf(ctx))),
});
