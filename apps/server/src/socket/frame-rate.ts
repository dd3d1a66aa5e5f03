import type { WebSocket } from "ws";
import type { ReadGate } from "./read-gate.ts";

const framesPerSecond = 250;
const burst = 500;

type Bucket = { tokens: number; filledAtMs: number; sockets: number };

/**
 * A token bucket on the frames of each account, over all its sockets on this server. Over the rate a socket that sends
 * is not read for a while: TCP then holds the sender back, and nothing that was sent is lost or refused.
 */
export class FrameRates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  limit(ws: WebSocket, gate: ReadGate, userId: string): void {
    const bucket = this.#buckets.get(userId) ?? { tokens: burst, filledAtMs: this.#nowMs(), sockets: 0 };
    this.#buckets.set(userId, bucket);
    bucket.sockets += 1;
    let holding = false;
    ws.on("message", () => {
      const now = this.#nowMs();
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAtMs) / 1_000) * framesPerSecond);
      bucket.filledAtMs = now;
      bucket.tokens -= 1;
      if (bucket.tokens >= 0 || holding) return;
      holding = true;
      const release = gate.hold();
      const pauseMs = ((framesPerSecond / 4 - bucket.tokens) / framesPerSecond) * 1_000;
      setTimeout(() => {
        holding = false;
        release();
      }, pauseMs).unref();
    });
    ws.once("close", () => {
      bucket.sockets -= 1;
      // Not before it is full again: connecting anew must not fill it.
      const fullMs = ((burst - bucket.tokens) / framesPerSecond) * 1_000;
      setTimeout(() => this.#forget(userId, bucket), fullMs).unref();
    });
  }

  #forget(userId: string, bucket: Bucket): void {
    if (bucket.sockets === 0 && this.#buckets.get(userId) === bucket) this.#buckets.delete(userId);
  }
}
