import { getUserInput, searchUsersInput } from "@sotto/protocol";
import { sessionOf } from "../context.ts";
import { getUser, searchPeople } from "../services/people.service.ts";
import { authedProcedure, router } from "../trpc.ts";

export const usersRouter = router({
  /** By the beginning of the name, in any case; never the caller; at most `limits.searchResults`. */
  search: authedProcedure
    .input(searchUsersInput)
    .query(({ ctx, input }) => searchPeople(ctx.app, sessionOf(ctx), input.prefix)),
  get: authedProcedure.input(getUserInput).query(({ ctx, input }) => getUser(ctx.app, input.userId)),
});
