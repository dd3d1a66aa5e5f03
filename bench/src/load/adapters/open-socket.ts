import { once } from "node:events";
import { WebSocket } from "ws";

/** An open WebSocket without compression. Text frames go to `received`; a cut is an error unless it was asked for. */
export async function openSocket(
  url: string,
  headers: Record<string, string>,
  received: (text: string) => void,
): Promise<{ send: (text: string) => void; close: () => Promise<void> }> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  let closing = false;
  socket.on("message", (data: Buffer) => received(data.toString()));
  socket.on("close", (code, reason) => {
    if (!closing) throw new Error(`The server closed a connection with ${code} ${reason.toString()}`);
  });
  await once(socket, "open");
  return {
    send: (text) => socket.send(text),
    async close() {
      closing = true;
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}
