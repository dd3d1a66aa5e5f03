import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/**
 * The address a rate limit counts by. With n proxies in front it is the n-th entry of X-Forwarded-For from the
 * right: what stands further left was written by the caller. An IPv6 address is cut to its /64, which one household
 * or one machine usually has for itself alone.
 */
export function addressOf(req: IncomingMessage, trustProxy: number): string {
  return networkOf(callerAddress(req, trustProxy));
}

function callerAddress(req: IncomingMessage, trustProxy: number): string {
  const direct = req.socket.remoteAddress ?? "unknown";
  if (trustProxy === 0) return direct;
  const header = req.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .map((hop) => hop.trim());
  return hops.at(-trustProxy) || hops[0] || direct;
}

export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("%", 1).join("").split("::", 2);
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** Straight from this machine, not handed on by a proxy on it. */
export function isFromThisMachine(req: IncomingMessage): boolean {
  const address = req.socket.remoteAddress ?? "";
  const local = address === "::1" || /^(?:::ffff:)?127\./.test(address);
  return local && req.headers["x-forwarded-for"] === undefined && req.headers.forwarded === undefined;
}
