/** How fast it can be with `ws` and JSON: a relay, or with `DATABASE_URL` a server with group commit. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { createStore } from "./store.ts";
import { findUser } from "./token.ts";

const store = createStore(process.env["DATABASE_URL"]);
const sockets = new Map<string, WebSocket>();
const httpServer = createServer();
const server = new WebSocketServer({ noServer: true, maxPayload: 128 * 1024, perMessageDeflate: false });

async function take(userId: string, socket: WebSocket, text: string): Promise<void> {
  const { ref, to, content } = JSON.parse(text) as { ref: number; to: string; content: string };
  const { id } = await store({ from: userId, to, content });
  socket.send(JSON.stringify({ type: "ack", ref, id }));
  sockets.get(to)?.send(JSON.stringify({ type: "message", message: { id, from: userId, content } }));
}

httpServer.on("upgrade", (request, stream, head) => {
  const userId = findUser(request);
  if (userId === null) {
    stream.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
    return;
  }
  server.handleUpgrade(request, stream, head, (socket) => {
    sockets.set(userId, socket);
    socket.on("close", () => {
      if (sockets.get(userId) === socket) sockets.delete(userId);
    });
    socket.on("message", (data: Buffer) => {
      take(userId, socket, data.toString()).catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        socket.close(1011);
      });
    });
  });
});

httpServer.listen(0, "127.0.0.1", () => {
  const { port } = httpServer.address() as AddressInfo;
  process.stdout.write(`The ws limit on http://127.0.0.1:${port}\n`);
});
