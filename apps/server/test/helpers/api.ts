import type { TRPCClient } from "@trpc/client";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../../src/router.ts";

export type Api = TRPCClient<AppRouter>;

/** Keeps the one cookie that the server sets, as a browser would. */
export type CookieJar = { cookie: string | null };

/** Calls over HTTP. */
export function createHttpApi(
  url: string,
  jar: CookieJar,
  accessToken: () => string | null = () => null,
): Api {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        headers() {
          const token = accessToken();
          return {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...(jar.cookie === null ? {} : { cookie: jar.cookie }),
          };
        },
        async fetch(input, init) {
          const response = await fetch(input as URL, init as RequestInit);
          const [cookie] = response.headers.getSetCookie();
          if (cookie !== undefined) jar.cookie = cookie.split(";", 1).join("");
          return response;
        },
      }),
    ],
  });
}

/** What the server refused with; "answered" where it did not refuse. */
export async function reasonOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).reason;
}

export async function refusalOf(call: Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await call;
    return { reason: "answered", message: "" };
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const data: unknown = error.data;
    const known = typeof data === "object" && data !== null && "reason" in data;
    return { reason: known ? String(data.reason) : "none", message: error.message };
  }
}
