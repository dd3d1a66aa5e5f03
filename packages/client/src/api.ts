import { createTRPCClient, httpBatchLink, splitLink, type TRPCClient, type TRPCLink } from "@trpc/client";
import { limits } from "@sotto/protocol";
import type { AppRouter } from "@sotto/server";
import type { Session } from "./session.ts";

export type Api = TRPCClient<AppRouter>;

const requestTimeoutMs = 20_000;
/**
 * A refresh whose answer got lost has to be repeated while the server still forgives the old token (10 s), or the
 * session is over.
 */
const refreshTimeoutMs = 4_000;

/** What travels over the socket; all else goes over HTTP, where an answer says which call it belongs to. */
const socketPaths = new Set([
  "messages.send",
  "messages.acknowledge",
  "messages.markRead",
  "signals.typing",
  "auth.extend",
]);

/** Calls that carry an access token in their headers; the rest are how one gets a token. */
function createHttpLink(
  url: string,
  fetch: typeof globalThis.fetch,
  accessToken: () => Promise<string | null>,
): TRPCLink<AppRouter> {
  return httpBatchLink<AppRouter>({
    url: `${url}/api/trpc`,
    maxItems: limits.batchMaxCalls,
    headers: async () => {
      const token = await accessToken();
      return token === null ? {} : { authorization: `Bearer ${token}` };
    },
    fetch: (input, init) =>
      fetch(input, {
        ...(init as RequestInit),
        signal: timeoutSignal(addressOf(input), init?.signal ?? null),
      }),
  });
}

/** Sign-in, sign-up, recovery and refresh: calls without a session. */
export function createPublicApi(url: string, fetch: typeof globalThis.fetch): Api {
  return createTRPCClient<AppRouter>({ links: [createHttpLink(url, fetch, async () => null)] });
}

export function createApi(
  url: string,
  fetch: typeof globalThis.fetch,
  session: Session,
  socketLink: TRPCLink<AppRouter>,
): Api {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription" || socketPaths.has(operation.path),
        true: socketLink,
        false: createHttpLink(url, fetch, () => session.accessToken()),
      }),
    ],
  });
}

function addressOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : input.toString();
}

function timeoutSignal(url: string, signal: AbortSignal | null): AbortSignal {
  const timeout = AbortSignal.timeout(url.includes("auth.refresh") ? refreshTimeoutMs : requestTimeoutMs);
  return signal === null ? timeout : AbortSignal.any([signal, timeout]);
}
