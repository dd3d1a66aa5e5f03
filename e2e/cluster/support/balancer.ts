import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type Balancer = AsyncDisposable & {
  url: string;
  /** Hands connections to the servers at these addresses, one after the other; one that does not answer is passed over. */
  use(urls: readonly string[]): void;
};

/** The least of a load balancer: whole TCP connections, in turn. */
export async function startBalancer(): Promise<Balancer> {
  const open = new Set<Socket>();
  let ports: number[] = [];
  let turn = 0;

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  }

  function hand(client: Socket, attempts: number): void {
    const port = ports[turn++ % ports.length];
    if (attempts === 0 || port === undefined) {
      client.destroy();
      return;
    }
    const server = connect(port, "127.0.0.1");
    keep(server);
    let connected = false;
    server.once("connect", () => {
      connected = true;
      client.pipe(server).pipe(client);
    });
    server.on("error", () => {
      if (connected) client.destroy();
      else hand(client, attempts - 1);
    });
    server.on("close", () => {
      if (connected) client.destroy();
    });
    client.on("close", () => server.destroy());
  }

  const listener = createServer((client) => {
    keep(client);
    client.on("error", () => client.destroy());
    hand(client, ports.length);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;

  return {
    url: `http://localhost:${port}`,
    use(urls) {
      ports = urls.map((url) => Number(new URL(url).port));
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const socket of open) socket.destroy();
    },
  };
}
