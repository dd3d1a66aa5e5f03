/**
 * Loaded first into every server that is measured, ours and the others alike. Over the channel of its parent it can
 * be asked to collect its garbage, so that memory is compared and not the mood of a collector, and to profile itself.
 */
import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";

export type ToServer =
  | { ask: "collect-garbage" }
  | { ask: "start-profile" }
  | { ask: "stop-profile"; file: string };

const profiler = new Session();

async function obey(message: ToServer): Promise<void> {
  switch (message.ask) {
    case "collect-garbage":
      globalThis.gc?.();
      break;
    case "start-profile":
      profiler.connect();
      await profiler.post("Profiler.enable");
      await profiler.post("Profiler.start");
      break;
    case "stop-profile": {
      const { profile } = await profiler.post("Profiler.stop");
      await writeFile(message.file, JSON.stringify(profile));
    }
  }
}

process.on("message", (message: ToServer) => {
  void obey(message).then(() => process.send?.({ done: message.ask }));
});
// Nothing is left behind when the benchmark is interrupted.
process.once("disconnect", () => process.exit());
// The channel alone does not keep a server alive.
process.channel?.unref();
