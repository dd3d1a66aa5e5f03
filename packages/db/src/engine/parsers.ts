/**
 * What both engines make of the types that their drivers would read differently: int8 as a number (our counters stay
 * far below 2^53) and bytea as a plain Uint8Array. timestamptz is a Date on both already.
 */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`The database returned ${text}, too large for a number.`);
  return value;
}

/** The hex format, which every supported PostgreSQL writes by default: `\x` and two digits for each byte. */
export function parseBytea(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}
