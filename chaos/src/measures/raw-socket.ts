/** A WebSocket of a member without a client around it: to send and to leave unread what no client would. */
import { once } from "node:events";
import { WebSocket } from "ws";
import type { Member } from "../fleet/members.ts";

/** @returns an access token, for a cookie that is then used up */
export async function takeAccessToken(url: string, member: Member): Promise<string> {
  const response = await fetch(`${url}/api/trpc/auth.refresh`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: member.cookie },
  });
  const body = (await response.json()) as { result?: { data?: { accessToken?: string } } };
  const token = body.result?.data?.accessToken;
  if (token === undefined) throw new Error(`${member.username} got no access token: ${response.status}.`);
  return token;
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
