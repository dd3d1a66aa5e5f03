import { STATUS_CODES, type Server } from "node:http";
import { errorShapeOf } from "../error-shape.ts";

const refusals: Record<string, { status: number; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: "The address and the headers are too long." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: "The request did not arrive in time." },
};
const malformed = { status: 400, message: "This is no HTTP request." };

/** What Node refuses before there is a request gets a sentence in the form of all others, and no bare status. */
export function answerBrokenRequests(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, message } = refusals[error.code ?? ""] ?? malformed;
    const shape = errorShapeOf({ reason: "bad-input", code: "BAD_REQUEST", message }, status);
    const body = JSON.stringify({ error: shape });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
