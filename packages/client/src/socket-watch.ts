export type SocketWatch = {
  /** What tRPC is to make its sockets of. */
  readonly Watched: typeof WebSocket;
  /** Whether any socket is open. */
  readonly isOpen: boolean;
  /** Each open socket has to answer now, or it is closed. */
  ask(): void;
};

/**
 * Knows which sockets of one connection are open, and closes those on which nothing arrives any more.
 *
 * There may be two for a while: where the server asks for it, the next one opens before the last one closes. So the
 * close of a socket does not say that the connection is lost; only the close of the last one does. The listeners of a
 * socket stand here before anyone else's, so that whoever hears of a change finds it made.
 *
 * Each is asked for an answer again and again, which also tells the server that this end lives. Whatever arrives is
 * one: on a slow link the answer itself may lie behind a long batch.
 */
export function watchSockets(
  Base: typeof WebSocket,
  { everyMs, answerMs }: { everyMs: number; answerMs: number },
): SocketWatch {
  const open = new Set<WatchedSocket>();

  class WatchedSocket extends Base {
    #asking: ReturnType<typeof setInterval> | undefined;
    /** Runs while an answer is awaited. */
    #end: ReturnType<typeof setTimeout> | undefined;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("open", () => {
        open.add(this);
        this.#asking = setInterval(() => this.ask(), everyMs);
      });
      this.addEventListener("message", () => this.#stopWaiting());
      this.addEventListener("close", () => {
        open.delete(this);
        clearInterval(this.#asking);
        this.#stopWaiting();
      });
    }

    #stopWaiting(): void {
      clearTimeout(this.#end);
      this.#end = undefined;
    }

    ask(): void {
      if (this.#end !== undefined || this.readyState !== Base.OPEN) return;
      this.send("PING");
      this.#end = setTimeout(() => this.close(), answerMs);
    }
  }

  return {
    Watched: WatchedSocket,
    get isOpen() {
      return open.size > 0;
    },
    ask() {
      for (const socket of open) socket.ask();
    },
  };
}
