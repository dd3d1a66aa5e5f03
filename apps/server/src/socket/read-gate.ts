import type { WebSocket } from "ws";

/** Holds up the reading of one socket. There may be several reasons at once: it goes on when the last one is gone. */
export type ReadGate = {
  /** Answers what gives this hold up; calling that again does nothing. */
  hold(): () => void;
};

export function createReadGate(ws: WebSocket): ReadGate {
  let holds = 0;
  return {
    hold() {
      holds += 1;
      ws.pause();
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        if (holds === 0) ws.resume();
      };
    },
  };
}
