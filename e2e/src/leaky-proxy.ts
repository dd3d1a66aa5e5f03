import { once } from "node:events";
import { type ClientRequest, createServer, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export type LeakyProxy = AsyncDisposable & {
  url: string;
  /** From now on the server hears and answers such calls, and the answers get lost. Null: nothing does. */
  lose(path: string | null): void;
  /** How many got lost so far. */
  readonly lost: number;
  /** The answer to the next such call waits: `held` resolves once it is here, `pass` lets it through. */
  hold(path: string): { held: Promise<void>; pass(): Promise<void> };
  /** Resets what is open. New connections pass. */
  cut(): void;
};

/** Stands before a server like a tunnel that begins at the wrong moment: calls arrive, some answers do not. */
export async function startLeakyProxy(serverUrl: string): Promise<LeakyProxy> {
  const target = { host: "localhost", port: Number(new URL(serverUrl).port) };
  const ends = new Set<Socket>();
  let losing: string | null = null;
  let lost = 0;
  let holding: { path: string; hold: (pass: () => Promise<void>) => void } | null = null;

  function keep(socket: Socket): Socket {
    ends.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => ends.delete(socket));
    return socket;
  }

  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const forwarded: ClientRequest = request({ ...target, method, path, headers, agent: false }, (answer) => {
      if (losing === null || path?.includes(losing) !== true) {
        const pass = async (): Promise<void> => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          await once(outgoing, "close");
        };
        if (holding === null || path?.includes(holding.path) !== true) return void pass();
        holding.hold(pass);
        holding = null;
        return;
      }
      answer.resume();
      answer.once("end", () => {
        lost += 1;
        incoming.socket.resetAndDestroy();
      });
    });
    forwarded.on("error", () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  server.on("connection", keep);
  server.on("upgrade", ({ method, url: path, rawHeaders }, near: Socket, head: Buffer) => {
    const far = keep(connect(target));
    const lines = [`${method} ${path} HTTP/1.1`];
    for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
    far.write(`${lines.join("\r\n")}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  server.listen(0, "localhost");
  await once(server, "listening");

  function cut(): void {
    for (const socket of ends) socket.resetAndDestroy();
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    lose(path) {
      losing = path;
    },
    get lost() {
      return lost;
    },
    hold(path) {
      const answer = new Promise<() => Promise<void>>((hold) => {
        holding = { path, hold };
      });
      return { held: answer.then(() => undefined), pass: async () => (await answer)() };
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
