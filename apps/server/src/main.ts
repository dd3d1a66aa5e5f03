import { DatabaseError } from "@sotto/db";
import { ConfigError, parseConfig } from "./config.ts";
import { StartError } from "./start-error.ts";
import { startServer } from "./start-server.ts";

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

  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    server.stop().then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
} catch (error) {
  fail(error);
}
