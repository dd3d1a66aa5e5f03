import { isNode } from "./runtime.ts";

/** A server that does not finish opening or closing within these times is treated as gone. */
const openTimeoutMs = 8_000;
const closeTimeoutMs = 1_000;

/**
 * A WebSocket that gives up. The standard one waits for the other side's close frame, for half a minute and more when
 * the network is dead but TCP is not; a caller that waits for `close` before it reconnects waits as long.
 */
export async function loadSocketClass(): Promise<typeof WebSocket> {
  return impatient(isNode ? ((await import("ws")).WebSocket as unknown as typeof WebSocket) : WebSocket);
}

export function impatient(Base: typeof WebSocket): typeof WebSocket {
  return class ImpatientWebSocket extends Base {
    #gaveUp = false;
    /** Its end was said: what the real socket still says comes too late. */
    #over = false;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      for (const type of ["open", "message", "error", "close"]) {
        this.addEventListener(type, (event) => {
          if (this.#over) event.stopImmediatePropagation();
        });
      }
      const timer = setTimeout(() => this.#giveUp(), openTimeoutMs);
      const settled = () => clearTimeout(timer);
      this.addEventListener("open", settled);
      this.addEventListener("close", settled);
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      const timer = setTimeout(() => this.#giveUp(), closeTimeoutMs);
      this.addEventListener("close", () => clearTimeout(timer));
    }

    /** Says `error` and `close` itself, once, where the real events may never come or come late. */
    #giveUp(): void {
      if (this.#gaveUp || this.readyState === Base.CLOSED) return;
      this.#gaveUp = true;
      if ("terminate" in this && typeof this.terminate === "function") {
        this.terminate();
        return;
      }
      const wasConnecting = this.readyState === Base.CONNECTING;
      super.close();
      if (wasConnecting) this.dispatchEvent(new Event("error"));
      this.dispatchEvent(new CloseEvent("close", { code: 1006, wasClean: false }));
      this.#over = true;
    }
  };
}
