/**
 * The network between clients and server, and everything that can go wrong with one. Each device has a lane: a port
 * of its own, whose connections go to the server over real sockets.
 *
 * TCP never gives a receiver the same bytes twice, so repeating bytes would be corruption that no network produces.
 * What does happen is that a request arrives twice: a gateway or a client repeats one whose answer got lost. The
 * `duplicate` fault therefore repeats whole WebSocket frames that call `messages.send`: the same call with the same
 * bytes, at once or a moment later, when the first was carried out already. Other calls are left alone; a second `subscribe` under one id would be a client's mistake.
 */
import { once } from "node:events";
import { createServer, connect, type Server, type Socket } from "node:net";
import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { createCutter, frameText } from "./frames.ts";
import type { NetworkFault } from "./plan.ts";
import type { Random } from "./random.ts";

export type Lane = {
  /** What the client uses as the server's address. */
  url: string;
  /** Resolves when the network is sound again. Faults may overlap. */
  inject(how: NetworkFault, forMs: number): Promise<void>;
};

export type Proxy = AsyncDisposable & {
  openLane(): Promise<Lane>;
  /** How many connections were cut or lost their network. */
  readonly broken: number;
};

/** What a lane does to its bytes. Counters, because faults overlap. */
type Weather = { holes: number; delays: number; splits: number; duplicates: number; truncations: number };

type Connection = {
  client: Socket;
  server: Socket | null;
  /** Bytes vanish both ways and nobody is told. */
  lost: boolean;
  /** Pending while bytes are held back. */
  stalled: Promise<void> | null;
};

/** Bytes that wait in the proxy before it stops reading: about what a socket's buffers would hold. */
const maxHeldBytes = 256 * 1024;
const repeatMaxMs = 1_500;
/** An end that was left alone is closed at last, so that no run piles them up. */
const forgottenMs = 60_000;

export function createProxy(pickPort: () => number, random: Random): Proxy {
  const servers: Server[] = [];
  const connections = new Set<Connection>();
  /** Every end that is open: of a connection that was lost one may outlive the other. */
  const ends = new Set<Socket>();
  let broken = 0;

  function keep(end: Socket): Socket {
    ends.add(end);
    end.once("close", () => ends.delete(end));
    return end;
  }

  function reset(connection: Connection): void {
    connections.delete(connection);
    connection.client.resetAndDestroy();
    connection.server?.resetAndDestroy();
  }

  function lose(connection: Connection): void {
    connection.lost = true;
    setTimeoutUnref(() => reset(connection), forgottenMs);
  }

  /** Carries one direction, in order, through whatever weather there is. */
  function carry(
    connection: Connection,
    from: Socket,
    to: Socket,
    weather: Weather,
    cut: (chunk: Buffer) => Buffer[],
  ): void {
    let held = 0;
    let line = Promise.resolve();
    const say = (piece: Buffer) => {
      if (!connection.lost && to.writable) to.write(piece);
    };

    async function pass(piece: Buffer): Promise<void> {
      if (weather.delays > 0) await delay(random.integer(20, 400));
      if (connection.stalled !== null) await connection.stalled;
      if (weather.truncations > 0 && piece.length > 1 && !connection.lost) {
        weather.truncations -= 1;
        say(piece.subarray(0, random.integer(1, piece.length - 1)));
        // The bytes leave before the reset overtakes them.
        await delay(5);
        broken += 1;
        reset(connection);
        return;
      }
      if (weather.splits > 0 && piece.length <= 4_096) {
        for (let at = 0; at < piece.length;) {
          const size = random.integer(1, 64);
          say(piece.subarray(at, at + size));
          at += size;
          await setImmediate();
        }
        return;
      }
      say(piece);
    }

    from.on("data", (chunk: Buffer) => {
      if (connection.lost) return;
      held += chunk.length;
      if (held > maxHeldBytes) from.pause();
      for (const piece of cut(chunk)) {
        const again = () => {
          line = line.then(() => pass(piece));
        };
        again();
        if (weather.duplicates > 0 && frameText(piece).includes(`"messages.send"`)) {
          setTimeoutUnref(again, random.integer(0, repeatMaxMs));
        }
      }
      line = line.then(async () => {
        held -= chunk.length;
        if (to.writableNeedDrain && !connection.lost)
          await Promise.race([once(to, "drain"), once(to, "close")]);
        from.resume();
      });
    });
    from.on("end", () => {
      line = line.then(() => {
        if (!connection.lost) to.end();
      });
    });
    from.on("close", () => {
      // In a hole the other side does not even hear of the end.
      if (!connection.lost) to.destroy();
    });
    from.on("error", () => {
      if (!connection.lost) reset(connection);
    });
  }

  function accept(client: Socket, weather: Weather, own: Set<Connection>): void {
    const connection: Connection = { client: keep(client), server: null, lost: false, stalled: null };
    connections.add(connection);
    own.add(connection);
    client.once("close", () => {
      own.delete(connection);
      connections.delete(connection);
    });
    client.setNoDelay(true);
    if (weather.holes > 0) {
      client.on("error", () => undefined);
      client.resume();
      lose(connection);
      return;
    }
    const server = keep(connect({ port: pickPort(), host: "127.0.0.1", allowHalfOpen: true, noDelay: true }));
    connection.server = server;
    const cutter = createCutter();
    carry(connection, client, server, weather, (chunk) => cutter.push(chunk));
    carry(connection, server, client, weather, (chunk) => [chunk]);
  }

  function count(hit: Iterable<Connection>, task: (connection: Connection) => void): void {
    for (const connection of hit) {
      broken += 1;
      task(connection);
    }
  }

  async function during(weather: Weather, name: keyof Weather, forMs: number): Promise<void> {
    weather[name] += 1;
    await delay(forMs, undefined, { ref: false });
    weather[name] -= 1;
  }

  async function inject(
    how: NetworkFault,
    forMs: number,
    weather: Weather,
    own: Set<Connection>,
  ): Promise<void> {
    switch (how) {
      case "cut":
        count([...own], reset);
        return;
      case "dead-connections":
        // A router forgot them: they never answer again, new ones work.
        count(own, lose);
        return;
      case "black-hole": {
        count(own, lose);
        await during(weather, "holes", forMs);
        return;
      }
      case "half-open":
        count([...own], (connection) => {
          const end = random.chance(0.5) ? connection.client : connection.server;
          lose(connection);
          end?.resetAndDestroy();
        });
        return;
      case "stall": {
        const stalled = delay(forMs);
        for (const connection of own) connection.stalled = stalled;
        await stalled;
        for (const connection of own) if (connection.stalled === stalled) connection.stalled = null;
        return;
      }
      case "truncate":
        weather.truncations += 1;
        return;
      case "delay":
        return during(weather, "delays", forMs);
      case "split":
        return during(weather, "splits", forMs);
      case "duplicate":
        return during(weather, "duplicates", forMs);
    }
  }

  return {
    get broken() {
      return broken;
    },
    async openLane() {
      const weather: Weather = { holes: 0, delays: 0, splits: 0, duplicates: 0, truncations: 0 };
      const own = new Set<Connection>();
      const server = createServer({ allowHalfOpen: true }, (client) => accept(client, weather, own));
      servers.push(server);
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The system gave no port.");
      return {
        url: `http://127.0.0.1:${address.port}`,
        inject: (how, forMs) => inject(how, forMs, weather, own),
      };
    },
    async [Symbol.asyncDispose]() {
      for (const connection of connections) reset(connection);
      for (const end of ends) end.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function setTimeoutUnref(task: () => void, ms: number): void {
  setTimeout(task, ms).unref();
}
