/** Design one and the `ws` limits: JSON frames with a number to acknowledge. */
import type { Adapter, Arrived, Connection, Reader, User } from "../adapter.ts";
import { openSocket } from "./open-socket.ts";
import { Pending } from "./pending.ts";

type Message = { id: string; content: string };
type Frame =
  | { type: "ack"; ref: number }
  | { type: "message"; message: Message }
  | { type: "messages"; messages: Message[] };

async function connect({ url, token }: User, arrived: Arrived): Promise<Connection> {
  const pending = new Pending<void>();
  const socket = await openSocket(`${url.replace("http", "ws")}/ws?token=${token}`, {}, (text) => {
    const frame = JSON.parse(text) as Frame;
    switch (frame.type) {
      case "ack":
        pending.resolve(frame.ref, undefined);
        break;
      case "message":
        arrived(frame.message.content);
        break;
      case "messages":
        for (const { content } of frame.messages) arrived(content);
    }
  });
  return {
    send: (to, content) =>
      pending.add((ref) => socket.send(JSON.stringify({ type: "send", ref, to: to.id, content }))),
    close: socket.close,
  };
}

async function openReader({ url, token }: User): Promise<Reader> {
  return {
    async read(other, before, limit) {
      const query = new URLSearchParams({ token, with: other.id, limit: String(limit) });
      if (before !== null) query.set("before", before);
      const response = await fetch(`${url}/messages?${query.toString()}`);
      const messages = (await response.json()) as Message[];
      const oldest = messages.length < limit ? undefined : messages.at(-1);
      return { bytes: messages.map(({ content }) => content), before: oldest?.id ?? null };
    },
    close: () => Promise.resolve(),
  };
}

export const jsonSocket: Adapter = { connect, comeBack: connect, openReader };
