import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type { FuzzServer } from "./fuzz-server.ts";

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Frame = {
  opcode: number;
  payload: Uint8Array;
  final?: boolean;
  reserved?: number;
  masked?: boolean;
};

/** A WebSocket frame (RFC 6455, section 5.2), sound or not. */
export function encodeFrame({ opcode, payload, final = true, reserved = 0, masked = true }: Frame): Buffer {
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  const { length } = payload;
  const head = Buffer.from(
    length < 126 ? [first, mask | length] : [first, mask | (length < 65_536 ? 126 : 127)],
  );
  const size = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (size.length === 2) size.writeUInt16BE(length);
  if (size.length === 8) size.writeBigUInt64BE(BigInt(length));
  // A mask of zeros leaves the payload as it is, so that findings can be read.
  return Buffer.concat([head, size, Buffer.alloc(masked ? 4 : 0), payload]);
}

export type RawSocket = {
  write(bytes: Uint8Array): void;
  /** Says that nothing more will come. */
  end(): void;
  /** Texts that came so far. */
  texts: string[];
  /** Settles with the close code, 1006 where there was none. */
  closed: Promise<number>;
  /** Settles when a text that contains this has come, or the socket closed. */
  heard(part: string): Promise<void>;
  destroy(): void;
};

/** A connection that is a WebSocket already, written to byte by byte. */
export async function openRawSocket({ port, attacker }: FuzzServer): Promise<RawSocket> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  socket.setNoDelay(true);
  socket.on("error", () => undefined);
  const head = [
    "GET /api/ws HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Authorization: Bearer ${attacker.accessToken}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  const rest = await readHead(socket);
  const texts: string[] = [];
  let code = 1006;
  let notice = () => {};
  let unread: Buffer = rest;
  const read = (bytes: Buffer) => {
    unread = Buffer.concat([unread, bytes]);
    for (let frame = takeFrame(unread); frame; frame = takeFrame(unread)) {
      unread = unread.subarray(frame.bytes);
      if (frame.opcode === opcodes.text) texts.push(frame.payload.toString("utf8"));
      if (frame.opcode === opcodes.close && frame.payload.length >= 2) code = frame.payload.readUInt16BE(0);
      if (frame.opcode === opcodes.close) socket.end();
    }
    notice();
  };
  read(Buffer.alloc(0));
  socket.on("data", read);
  const closed = once(socket, "close").then(() => code);
  void closed.then(() => notice());

  return {
    texts,
    closed,
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
    async heard(part) {
      while (!socket.destroyed && !texts.some((text) => text.includes(part))) {
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      }
    },
  };
}

async function readHead(socket: Socket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (!bytes.includes("\r\n\r\n")) {
    const [part] = (await once(socket, "data")) as [Buffer];
    bytes = Buffer.concat([bytes, part]);
  }
  if (!bytes.toString("latin1").startsWith("HTTP/1.1 101")) {
    throw new Error(`No WebSocket: ${bytes.toString("latin1").slice(0, 200)}`);
  }
  return bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
}

/** The first whole frame; what a server sends is not masked. */
function takeFrame(bytes: Buffer): { opcode: number; payload: Buffer; bytes: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < at) return null;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < at + length) return null;
  return { opcode: bytes.readUInt8(0) & 15, payload: bytes.subarray(at, at + length), bytes: at + length };
}
