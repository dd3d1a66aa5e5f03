import {
  createTRPCClient,
  httpBatchLink,
  retryLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from "@trpc/client";
import { limits } from "@sotto/protocol";
import type { AppRouter } from "@sotto/server";
import { serverReason } from "./errors.ts";
import type { Session } from "./session.ts";

export type Api = TRPCClient<AppRouter>;

/** For as long as something arrives, an answer may take its time: over a slow link the first load is long. */
const idleTimeoutMs = 20_000;
/**
 * A refresh whose answer got lost is repeated at once: a server that knows of no attempts forgives the old token for
 * 10 s. And a connection waits for its ticket.
 */
const quickTimeoutMs = 4_000;
const quickPaths = /\bauth\.(?:refresh|ticket)\b/;

/** What travels over the socket; all else goes over HTTP, where an answer says which call it belongs to. */
const socketPaths = new Set([
  "messages.send",
  "messages.acknowledge",
  "messages.markRead",
  "signals.typing",
  "signals.presence",
  "auth.extend",
]);

/** In the context of a call: the access token that it went out with. */
const tokenShown = "tokenShown";

/** Calls that carry an access token in their headers; the rest are how one gets a token. */
function createHttpLink(
  url: string,
  fetch: typeof globalThis.fetch,
  accessToken: () => Promise<string | null>,
): TRPCLink<AppRouter> {
  return httpBatchLink<AppRouter>({
    url: `${url}/api/trpc`,
    maxItems: limits.batchMaxCalls,
    headers: async ({ opList }) => {
      const token = await accessToken();
      for (const { context } of opList) context[tokenShown] = token;
      return token === null ? {} : { authorization: `Bearer ${token}` };
    },
    fetch: (input, init) => fetchWithin(fetch, input, init as RequestInit | undefined),
  });
}

/** Sign-in, sign-up, recovery and refresh: calls without a session. */
export function createPublicApi(url: string, fetch: typeof globalThis.fetch): Api {
  return createTRPCClient<AppRouter>({ links: [createHttpLink(url, fetch, async () => null)] });
}

/** Once more with a fresh token, where the server does not take the one that was good by this device's clock. */
function createRenewingLink(session: Session): TRPCLink<AppRouter> {
  return retryLink<AppRouter>({
    retry: ({ op, attempts, error }) => {
      const token = op.context[tokenShown];
      if (attempts > 1 || typeof token !== "string" || serverReason(error) !== "not-signed-in") return false;
      session.refused(token);
      return true;
    },
  });
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
        false: [createRenewingLink(session), createHttpLink(url, fetch, () => session.accessToken())],
      }),
    ],
  });
}

/**
 * The answer and all of its body, or a failure in time. A timer of our own, because the signal of
 * `AbortSignal.timeout` may be collected inside `AbortSignal.any` on Node 20 and then never fires.
 */
async function fetchWithin(
  fetch: typeof globalThis.fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const isQuick = quickPaths.test(input instanceof Request ? input.url : input.toString());
  const controller = new AbortController();
  const cancel = () => controller.abort();
  let timer = setTimeout(cancel, isQuick ? quickTimeoutMs : idleTimeoutMs);
  const onArrival = () => {
    if (isQuick) return;
    clearTimeout(timer);
    timer = setTimeout(cancel, idleTimeoutMs);
  };
  init?.signal?.addEventListener("abort", cancel, { once: true });
  try {
    const response = await fetch(input, { ...init, signal: controller.signal });
    const { status, headers } = response;
    const body = response.body === null ? null : await readAll(response.body, onArrival);
    return new Response(body, { status, headers });
  } finally {
    clearTimeout(timer);
    init?.signal?.removeEventListener("abort", cancel);
  }
}

/** Null where it is empty: some statuses have no body, and an empty one counts as one. */
async function readAll(stream: ReadableStream<Uint8Array>, onArrival: () => void): Promise<Blob | null> {
  const pieces: BlobPart[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces.length === 0 ? null : new Blob(pieces);
    onArrival();
    pieces.push(value as Uint8Array<ArrayBuffer>);
  }
}
