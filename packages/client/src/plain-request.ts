import type { Api } from "./api.ts";
import { SottoError } from "./errors.ts";
import { type PlainPath, plainPaths } from "./types.ts";

/** The calls that carry nothing secret, for screens. */
export function plainRequest(api: Api, path: PlainPath, input: unknown): Promise<unknown> {
  // The input is checked by the server; the list of paths is what is held here.
  const value = input as never;
  switch (path) {
    case "auth.options":
      return api.auth.options.query();
    case "auth.sessions":
      return api.auth.sessions.query();
    case "auth.revokeSession":
      return api.auth.revokeSession.mutate(value);
    case "auth.revokeOtherSessions":
      return api.auth.revokeOtherSessions.mutate();
    case "account.whatIsStored":
      return api.account.whatIsStored.query();
    case "users.search":
      return api.users.search.query(value);
    case "users.get":
      return api.users.get.query(value);
    default:
      throw new SottoError(
        "bad-input",
        `Only ${plainPaths.join(", ")} may be called from outside the messenger.`,
      );
  }
}
