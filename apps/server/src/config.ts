import { resolve } from "node:path";
import type { RegistrationMode } from "@sotto/protocol";
import { registrationModes } from "@sotto/protocol";
import * as fields from "./config-fields.ts";
import type { NatsAddress } from "./nats/nats-address.ts";
import { parseNatsUrl } from "./nats/nats-address.ts";

export type Config = {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Absolute. */
  dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Null: this node is alone. */
  nats: NatsAddress | null;
  /** Null: made on first start and kept in `dataDir`. */
  jwtSecret: string | null;
  opaqueServerSetup: string | null;
  /** Null: localhost and 127.0.0.1 at the port that is served. */
  publicOrigins: string[] | null;
  /** Number of proxies in front whose X-Forwarded-For entries are believed. */
  trustProxy: number;
  registration: RegistrationMode;
  inviteCode: string | null;
  rateLimits: boolean;
  metricsToken: string | null;
  logLevel: string;
};

/** Every mistake of a configuration in one message, one line each. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration can't be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`);
    this.mistakes = mistakes;
  }
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/**
 * Reads the environment once. A variable that is set to nothing counts as absent.
 * @throws ConfigError
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = [];
  const read = <T>(name: string, fallback: T, parse: (text: string) => T): T => {
    const text = env[name]?.trim();
    if (text === undefined || text === "") return fallback;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof fields.FieldError)) throw error;
      mistakes.push(`${name} ${error.message}`);
      return fallback;
    }
  };

  const config: Config = {
    host: read("HOST", "127.0.0.1", fields.parseHost),
    port: read("PORT", 3000, (text) => fields.parseInteger(text, 0, 65_535)),
    dataDir: read("DATA_DIR", resolve("data"), (text) => resolve(text)),
    databaseUrl: read<string | null>("DATABASE_URL", null, fields.parseDatabaseUrl),
    nats: read<NatsAddress | null>("NATS_URL", null, parseNatsUrl),
    jwtSecret: read<string | null>("JWT_SECRET", null, fields.parseSecret),
    opaqueServerSetup: read<string | null>("OPAQUE_SERVER_SETUP", null, (text) => text),
    publicOrigins: read<string[] | null>("PUBLIC_ORIGIN", null, fields.parseOrigins),
    trustProxy: read("TRUST_PROXY", 0, (text) => fields.parseInteger(text, 0, 10)),
    registration: read<RegistrationMode>("REGISTRATION", "open", (text) =>
      fields.parseChoice(text, registrationModes),
    ),
    inviteCode: read<string | null>("INVITE_CODE", null, (text) => text),
    rateLimits: read(
      "RATE_LIMITS",
      true,
      (text) => fields.parseChoice(text, ["on", "off"] as const) === "on",
    ),
    metricsToken: read<string | null>("METRICS_TOKEN", null, fields.parseSecret),
    logLevel: read("LOG_LEVEL", "info", (text) => fields.parseChoice(text, logLevels)),
  };

  if (config.registration === "invite" && config.inviteCode === null) {
    mistakes.push("INVITE_CODE must be given with REGISTRATION=invite.");
  }
  if (config.registration !== "invite" && config.inviteCode !== null) {
    mistakes.push("INVITE_CODE has no effect without REGISTRATION=invite. Set that, or remove the code.");
  }
  if (config.nats !== null) mistakes.push(...clusterMistakes(env));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

/** Nodes that do not share these would refuse each other's people. What is given badly has been said already. */
function clusterMistakes(env: Readonly<Record<string, string | undefined>>): string[] {
  const isMissing = (name: string) => (env[name]?.trim() ?? "") === "";
  const reasons = {
    DATABASE_URL: "nodes share a PostgreSQL, and the embedded database is for one process.",
    JWT_SECRET: "all nodes need the same one.",
    OPAQUE_SERVER_SETUP: "all nodes need the same one.",
  };
  return Object.entries(reasons)
    .filter(([name]) => isMissing(name))
    .map(([name, reason]) => `${name} must be given with NATS_URL: ${reason}`);
}
