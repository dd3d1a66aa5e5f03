/** What is wrong with a value, to be read after the variable's name. It never repeats what may be a secret. */
export class FieldError extends Error {
  override name = "FieldError";
}

const secretMinLength = 32;

export function parseInteger(text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new FieldError(`must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

export function parseChoice<const Choice extends string>(text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new FieldError(`must be one of ${choices.join(", ")}, not "${text}".`);
  return choice;
}

export function parseHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, "$1");
  if (!/^[A-Za-z0-9.:_-]+$/.test(host))
    throw new FieldError(`must be a host name or an address, not "${text}".`);
  return host;
}

/** At least 32 characters. */
export function parseSecret(text: string): string {
  if (text.length < secretMinLength) {
    throw new FieldError(`must have at least ${secretMinLength} characters; it has ${text.length}.`);
  }
  return text;
}

export function parseDatabaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new FieldError("must be a URL of the form postgres://user:password@host:5432/database.");
  }
  return text;
}

/**
 * One or several origins, separated by commas. Away from this machine browsers give a page on plain http neither
 * cryptography nor safe cookies, so there is nothing that could be served there.
 */
export function parseOrigins(text: string): string[] {
  const origins = text.split(",").map((part) => parseOrigin(part.trim()));
  if (new Set(origins.map((origin) => origin.startsWith("https:"))).size > 1) {
    throw new FieldError("must not mix https and http: cookies are made for one of them.");
  }
  return origins;
}

function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.pathname !== "/" || url.search !== "") {
    throw new FieldError(`must be an origin like https://chat.example.org, not "${text}".`);
  }
  if (url.protocol === "http:" && !isLocalHost(url.hostname)) {
    throw new FieldError(
      `must begin with https:// because ${url.hostname} is not this machine: browsers refuse to encrypt on plain http. ` +
        "Put a proxy that speaks HTTPS in front.",
    );
  }
  return url.origin;
}

function isLocalHost(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname) || hostname.endsWith(".localhost");
}
