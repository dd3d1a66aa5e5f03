import { sha512 } from "@noble/hashes/sha2.js";
import { ascii, concatBytes, type Bytes } from "./bytes.ts";

/**
 * The first `length` bytes of SHA-512(domain | 0x00 | parts…). Each use has a domain of its own, so that no hash of
 * one kind can be passed off as one of another; parts that vary in length must be length-prefixed by the caller.
 */
export function domainHash(
  domain: `sotto/${string}/v1`,
  length: number,
  ...parts: readonly Uint8Array[]
): Bytes {
  const input = concatBytes(ascii(`${domain}\0`), ...parts);
  const digest = sha512(input);
  const result = Uint8Array.from(digest.subarray(0, length));
  input.fill(0);
  digest.fill(0);
  return result;
}
