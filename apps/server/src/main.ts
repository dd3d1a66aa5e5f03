import { DatabaseError } from "@sotto/db";
import { ConfigError, parseConfig } from "./config.ts";
import { StartError } from "./start-error.ts";
import { startServer } from "./start-server.ts";

/** A stop that takes longer waits for something that does not come, such as a database that hangs. */
const stopMaxMs = 28_000;
/**
 * Ctrl-C goes to every process of the terminal, and package managers pass on what they get: a signal so soon after the
 * first one is the same wish. A later one is a person who does not want to wait.
 */
const sameWishMs = 1_000;

/** Mistakes of the surroundings get a sentence; anything else is a mistake of ours and gets its stack. */
function fail(error: unknown): never {
  const expected = [ConfigError, DatabaseError, StartError].some((kind) => error instanceof kind);
  const text = expected && error instanceof Error ? `Sotto can't start. ${error.message}` : error;
  process.stderr.write(`${text instanceof Error ? text.stack : String(text)}\n`);
  process.exit(1);
}

try {
  const config = parseConfig(process.env);
  const server = await startServer(config);
  const limits = config.rateLimits ? "" : " Rate limits are off.";
  process.stdout.write(
    `Sotto ${server.version} on ${server.url} (${server.engine}). ${server.durability}${limits}\n`,
  );

  // A supervisor starts it again; nobody would, if it went on answering that something is wrong.
  const onBroken = async () => {
    process.stderr.write("Sotto stops: its database is gone. Start it again.\n");
    await server.stop();
    process.exit(1);
  };
  server.broken.then(onBroken).catch(fail);

  const giveUp = (why: string): never => {
    process.stderr.write(`Sotto ends without waiting any longer: ${why}.\n`);
    process.exit(1);
  };
  let firstAtMs: number | null = null;
  const onSignal = () => {
    const nowMs = performance.now();
    if (firstAtMs !== null) {
      if (nowMs - firstAtMs >= sameWishMs) giveUp("it was told to stop again");
      return;
    }
    firstAtMs = nowMs;
    setTimeout(() => giveUp(`the stop took over ${stopMaxMs / 1_000} seconds`), stopMaxMs).unref();
    server.stop().then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
} catch (error) {
  fail(error);
}
