/**
 * Cuts what a client sends into requests of HTTP and, once it asked for an upgrade, into whole WebSocket frames
 * (RFC 6455, section 5.2), so that the proxy can repeat one of them and leave the stream sound.
 */
export type Cutter = {
  /** Whole pieces, in order; what is not whole yet waits for the next chunk. */
  push(chunk: Buffer): Buffer[];
};

export function createCutter(): Cutter {
  let upgraded = false;
  let rest = Buffer.alloc(0);

  return {
    push(chunk) {
      if (!upgraded) {
        const head = chunk.toString("latin1");
        // Node's client writes the head of an upgrade in one piece, and nothing behind it before the answer.
        upgraded = /^GET .*\r\nupgrade: websocket\r\n/is.test(head);
        return [chunk];
      }
      rest = Buffer.concat([rest, chunk]);
      const frames: Buffer[] = [];
      for (let size = frameSize(rest); size !== null && size <= rest.length; size = frameSize(rest)) {
        frames.push(rest.subarray(0, size));
        rest = rest.subarray(size);
      }
      return frames;
    },
  };
}

/** Null while the head is not whole. */
function frameSize(data: Buffer): number | null {
  const masked = ((data[1] ?? 0) & 0x80) !== 0;
  const short = (data[1] ?? 0) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (data.length < 2 + lengthBytes) return null;
  const length =
    lengthBytes === 0 ? short : lengthBytes === 2 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  return 2 + lengthBytes + (masked ? 4 : 0) + length;
}

/** What a whole, masked, unfragmented text frame says; empty for any other piece. */
export function frameText(frame: Buffer): string {
  if (frame[0] !== 0x81 || ((frame[1] ?? 0) & 0x80) === 0) return "";
  const short = (frame[1] ?? 0) & 0x7f;
  const maskAt = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  const mask = frame.subarray(maskAt, maskAt + 4);
  const payload = Buffer.from(frame.subarray(maskAt + 4));
  for (let index = 0; index < payload.length; index += 1) {
    payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
  }
  return payload.toString();
}
