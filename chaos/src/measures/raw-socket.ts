/** A WebSocket of a member without a client around it: to send and to leave unread what no client would. */
import { once } from "node:events";
import { WebSocket } from "ws";
import type { Member } from "../fleet/members.ts";

/** @returns an access token, for a cookie that is then used up */
export async function takeAccessToken(url: string, member: Member): Promise<string> {
  const { accessToken } = await post<{ accessToken: string }>(url, "auth.refresh", { cookie: member.cookie });
  return accessToken;
}

/** @throws where the server refuses the call */
export async function post<Data>(
  url: string,
  path: string,
  headers: Record<string, string>,
  input?: unknown,
): Promise<Data> {
  const response = await fetch(`${url}/api/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    ...(input !== undefined && { body: JSON.stringify(input) }),
  });
  const { result } = (await response.json()) as { result?: { data?: Data } };
  if (result?.data === undefined) throw new Error(`${path} was refused: ${response.status}.`);
  return result.data;
}

/** @throws where the server refuses the upgrade */
export async function openSocket(url: string, accessToken: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/ws`, {
    headers: { authorization: `Bearer ${accessToken}` },
    perMessageDeflate: false,
  });
  await once(socket, "open");
  // What becomes of it is seen by its close.
  socket.on("error", () => undefined);
  return socket;
}

export function callFrame(
  id: number,
  method: "query" | "mutation" | "subscription",
  path: string,
  input?: unknown,
) {
  return { id, jsonrpc: "2.0", method, params: { path, ...(input === undefined ? {} : { input }) } };
}
