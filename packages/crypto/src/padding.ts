/*
 * Padmé (Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: "Reducing Metadata Leakage from Encrypted Files and
 * Communication with PURBs", PoPETs 2019, section 4), above a floor of 256 bytes.
 *
 * A length keeps only its leading bits: with e = ⌊log2 n⌋, at most ⌊log2 e⌋ + 1 bits after the first stay, the rest
 * is rounded up. An observer learns O(log log n) bits, for at most 12 % more bytes. The floor makes all short
 * messages alike, which is most of them.
 */
export const paddingFloorBytes = 256;

/** The length, in bytes, to which `length` bytes are padded. `length` is below 2^31. */
export function paddedLength(length: number): number {
  if (length <= paddingFloorBytes) return paddingFloorBytes;
  const exponent = 31 - Math.clz32(length);
  const keptBits = 32 - Math.clz32(exponent);
  const step = 2 ** (exponent - keptBits);
  return Math.ceil(length / step) * step;
}

/** True for the lengths that `paddedLength` answers. */
export function isPaddedLength(length: number): boolean {
  return length >= paddingFloorBytes && paddedLength(length) === length;
}
