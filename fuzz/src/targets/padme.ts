/** Padmé above a floor of 256 bytes, written a second time from the paper: by its loop over bits, in BigInt. */
export function padded(length: number): number {
  if (length <= 256) return 256;
  const exponent = BigInt(length.toString(2).length - 1);
  const lastBits = exponent - BigInt(exponent.toString(2).length);
  const mask = (1n << lastBits) - 1n;
  return Number((BigInt(length) + mask) & ~mask);
}

export function isPadded(length: number): boolean {
  return length >= 256 && padded(length) === length;
}
