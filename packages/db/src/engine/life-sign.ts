/**
 * A Unix socket that the holder of a data directory listens on. Whoever can connect knows that the holder lives, also
 * where its process id means nothing: in another container that shares the directory. The system ends the listening
 * together with the process, however that ended; what is left then is a file that refuses connections.
 */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** What fits into a `sockaddr_un` everywhere; some systems would cut off what is longer. */
const pathMaxBytes = 103;

export type LifeSign = { end: () => Promise<void> };

/** Null where there can be none: the path is too long, or the file system has no sockets. */
export async function giveLifeSign(path: string): Promise<LifeSign | null> {
  if (Buffer.byteLength(path) > pathMaxBytes) return null;
  const server = createServer((socket) => socket.destroy());
  try {
    // Who may connect is decided by the directory.
    server.listen({ path, writableAll: true });
    await once(server, "listening");
  } catch {
    return null;
  }
  server.on("error", () => undefined);
  server.unref();
  return {
    async end() {
      server.close();
      await once(server, "close");
    },
  };
}

export async function hasLifeSign(path: string): Promise<boolean> {
  if (Buffer.byteLength(path) > pathMaxBytes) return false;
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    // Too many connect at this moment: somebody listens.
    return (error as NodeJS.ErrnoException).code === "EAGAIN";
  } finally {
    socket.destroy();
  }
}
