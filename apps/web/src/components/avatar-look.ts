/** One hue of 24, in degrees, by the first bytes of the key. */
export function findHue(publicKey: string): number {
  let sum = 0;
  for (const character of publicKey.slice(0, 8)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return (sum % 24) * 15;
}

/** "ada" → "A", "ada.lovelace" → "AL". */
export function findInitials(name: string): string {
  const parts = name.split(/[._\- ]+/).filter((part) => part !== "");
  const first = parts[0]?.charAt(0) ?? "?";
  const last = parts.length > 1 ? (parts.at(-1)?.charAt(0) ?? "") : "";
  return (first + last).toUpperCase();
}
