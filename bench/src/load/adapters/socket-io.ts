/** Design two. Engine.IO 4 and Socket.IO 5 by hand, which costs the load less than their client. */
import type { Adapter, Arrived, Connection, Reader, User } from "../adapter.ts";
import { openSocket } from "./open-socket.ts";
import { Pending } from "./pending.ts";

type Message = { id: number; content: string };

/** Of the packets: Engine.IO's type, then Socket.IO's. */
const packets = { open: "0", ping: "2", pong: "3", connect: "40", refuse: "44", event: "42", answer: "43" };

type Client = Connection & { call(event: string, input: unknown): Promise<unknown> };

async function open({ url, token }: User, arrived: Arrived, after: number | null): Promise<Client> {
  const pending = new Pending<unknown>();
  let connected = (): void => undefined;
  let refused = (_error: Error): void => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    connected = resolve;
    refused = reject;
  });
  // The greeting may come before `openSocket` has resolved.
  let greeted = (): void => undefined;
  const greeting = new Promise<void>((resolve) => {
    greeted = resolve;
  });
  const address = `${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
  const socket = await openSocket(address, {}, (text) => {
    const type = text.startsWith("4") ? text.slice(0, 2) : text.slice(0, 1);
    switch (type) {
      case packets.open:
        greeted();
        break;
      case packets.ping:
        socket.send(packets.pong);
        break;
      case packets.connect:
        connected();
        break;
      case packets.refuse:
        refused(new Error(`Socket.IO refused: ${text}`));
        break;
      case packets.answer: {
        const start = text.indexOf("[");
        const [answer] = JSON.parse(text.slice(start)) as [unknown];
        pending.resolve(Number(text.slice(2, start)), answer);
        break;
      }
      case packets.event: {
        const [, payload] = JSON.parse(text.slice(2)) as [string, Message | Message[]];
        for (const { content } of Array.isArray(payload) ? payload : [payload]) arrived(content);
        break;
      }
      default:
        throw new Error(`Socket.IO said something unknown: ${text}`);
    }
  });
  await greeting;
  socket.send(`${packets.connect}${JSON.stringify({ token, ...(after === null ? {} : { after }) })}`);
  await ready;
  const call = (event: string, input: unknown) =>
    pending.add((id) => socket.send(`${packets.event}${id}${JSON.stringify([event, input])}`));
  return {
    call,
    send: async (to, content) => {
      await call("send", { to: to.id, content });
    },
    close: socket.close,
  };
}

async function openReader(user: User): Promise<Reader> {
  const client = await open(user, () => undefined, null);
  return {
    async read(other, before, limit) {
      const input = { with: other.id, limit, ...(before === null ? {} : { before: Number(before) }) };
      const messages = (await client.call("history", input)) as Message[];
      const oldest = messages.length < limit ? undefined : messages.at(-1);
      return {
        bytes: messages.map(({ content }) => content),
        before: oldest === undefined ? null : String(oldest.id),
      };
    },
    close: () => client.close(),
  };
}

export const socketIo: Adapter = {
  connect: (user, arrived) => open(user, arrived, null),
  comeBack: (user, arrived) => open(user, arrived, 0),
  openReader,
};
