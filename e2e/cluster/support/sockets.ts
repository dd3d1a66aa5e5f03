import { get } from "node:http";
import { randomBytes } from "node:crypto";
import type { Store } from "@sotto/client";

/** A new access token for the session in this store, from any node. Uses its cookie up. */
export async function accessTokenOf(store: Store, url: string): Promise<string> {
  const record = await store.get("session");
  const cookie =
    typeof record === "object" && record !== null && "cookie" in record ? String(record.cookie) : "";
  const { accessToken } = (await call(url, "auth.refresh", { cookie })) as { accessToken: string };
  return accessToken;
}

/** A token for one WebSocket. */
export async function ticketOf(accessToken: string, url: string): Promise<string> {
  const { token } = (await call(url, "auth.ticket", { authorization: `Bearer ${accessToken}` })) as {
    token: string;
  };
  return token;
}

async function call(url: string, path: string, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(`${url}/api/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
  });
  const body = (await answer.json()) as { result?: { data: unknown } };
  if (!body.result) throw new Error(`${path} was refused: ${JSON.stringify(body)}`);
  return body.result.data;
}

/** The status with which a WebSocket is accepted (101) or refused. It is closed at once. */
export function openSocket(url: string, ticket: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    };
    const request = get(`${url}/api/ws?token=${ticket}`, { headers });
    request.on("upgrade", (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
  });
}
