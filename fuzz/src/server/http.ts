import { Agent, request } from "node:http";
import type { FuzzServer } from "./fuzz-server.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const answerMs = 20_000;

export type HttpInput = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
};
/** `status` 101: the connection became a WebSocket. */
export type HttpAnswer = { status: number; text: string };

/** Node sends only what may stand in a head: everything else goes percent-encoded, as clients would have to. */
export function send(server: FuzzServer, input: HttpInput): Promise<HttpAnswer> {
  return sendOver(input.headers["upgrade"] === undefined ? agent : false, server, input);
}

function sendOver(connections: Agent | false, server: FuzzServer, input: HttpInput): Promise<HttpAnswer> {
  const { method, path, headers, body } = input;
  return new Promise((resolve, reject) => {
    const options = {
      agent: connections,
      host: "127.0.0.1",
      port: server.port,
      method,
      path: printable(path),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerValue(value)])),
    };
    const req = request(options, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part: Buffer) => parts.push(part));
      res.on("end", () =>
        resolve({ status: res.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
      res.on("error", reject);
    });
    req.setTimeout(answerMs, () => req.destroy(new Error("no answer in time")));
    req.on("error", (error: NodeJS.ErrnoException) => {
      // A server may close an idle connection at the moment at which it is used again (RFC 9112, 9.3.1).
      if (req.reusedSocket && error.code === "ECONNRESET") resolve(sendOver(false, server, input));
      else reject(error);
    });
    req.on("upgrade", (_, socket) => {
      socket.destroy();
      resolve({ status: 101, text: "" });
    });
    req.end(body ?? undefined);
  });
}

function printable(path: string): string {
  return path.replace(/[^!-~]+/g, (part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "")));
}

function headerValue(text: string): string {
  return text.replace(/[^\t -~\u0080-\u00ff]/g, "?");
}
