import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What one browser is connected by, under an origin of its own. */
export type Cable = AsyncDisposable & {
  url: string;
  /** From now on nothing passes, and nobody is told: connections stay open, new ones begin and hear nothing. */
  pull(): void;
  /** What was open while it was pulled is reset, new connections pass. */
  plugIn(): void;
};

export async function layCable(serverUrl: string): Promise<Cable> {
  const target = Number(new URL(serverUrl).port);
  const ends = new Set<Socket>();
  let pulled = false;

  function hold(socket: Socket): Socket {
    ends.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => ends.delete(socket));
    return socket;
  }

  function join(from: Socket, to: Socket): void {
    from.on("data", (bytes) => {
      if (!pulled) to.write(bytes);
    });
    from.once("close", () => {
      if (!pulled) to.destroy();
    });
  }

  function reset(): void {
    for (const socket of ends) socket.resetAndDestroy();
  }

  const server = createServer((near) => {
    hold(near);
    if (pulled) return;
    const far = hold(connect(target, "localhost"));
    join(near, far);
    join(far, near);
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    pull() {
      pulled = true;
    },
    plugIn() {
      pulled = false;
      reset();
    },
    async [Symbol.asyncDispose]() {
      reset();
      server.close();
      await once(server, "close");
    },
  };
}
