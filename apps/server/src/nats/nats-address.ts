import { FieldError } from "../config-fields.ts";

/** Where NATS is, in the words of its library. */
export type NatsAddress = {
  /** Host, or host and port. */
  servers: string[];
  user?: string;
  pass?: string;
  token?: string;
  tls?: Record<string, never>;
};

/**
 * One or several servers of one cluster, separated by commas; `tls://` where only an encrypted connection will do. A
 * user without a password is a token. The library takes servers and credentials apart, so those of the first count
 * for all.
 * @throws FieldError
 */
export function parseNatsUrl(text: string): NatsAddress {
  const urls = text.split(",").map((part) => parseServer(part.trim()));
  const [first] = urls;
  if (!first) throw notAnAddress();
  if (new Set(urls.map(({ protocol }) => protocol)).size > 1) {
    throw new FieldError("must not mix nats:// and tls://.");
  }
  const user = decode(first.username);
  const pass = decode(first.password);
  const credentials = pass === "" ? { token: user } : { user, pass };
  return {
    servers: urls.map(({ host }) => host),
    ...(user === "" ? {} : credentials),
    ...(first.protocol === "tls:" ? { tls: {} } : {}),
  };
}

function parseServer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url !== null && ["", "/"].includes(url.pathname) && url.search === "" && url.hash === "";
  if (!bare || !["nats:", "tls:"].includes(url.protocol) || url.hostname === "") throw notAnAddress();
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notAnAddress();
  }
}

function notAnAddress(): FieldError {
  return new FieldError(
    "must be a URL of the form nats://user:password@host:4222; several are separated by commas.",
  );
}
