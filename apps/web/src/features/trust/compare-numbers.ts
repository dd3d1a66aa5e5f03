const digitCount = 60;
/** Where the digits of other scripts begin that people may paste: Arabic-Indic, extended Arabic-Indic. */
const zeros = [0x660, 0x6f0];

export type Comparison = "empty" | "incomplete" | "same" | "different";

/** What pasted or typed digits say about the safety number here; spaces and line breaks don't count. */
export function compareNumbers(number: string, other: string): Comparison {
  const digits = toDigits(other);
  if (digits === "") return "empty";
  if (digits.length < digitCount) return number.startsWith(digits) ? "incomplete" : "different";
  return digits === number ? "same" : "different";
}

export type ScanComparison = "foreign" | "same" | "different";

/**
 * What a code says that a camera has read: it is read whole or not at all, so what has not the 60 digits, or has more
 * than digits, is the code of something else.
 */
export function compareScanned(number: string, text: string): ScanComparison {
  if (!/^[\d\s]+$/.test(text) || toDigits(text).length !== digitCount) return "foreign";
  return compareNumbers(number, text) === "same" ? "same" : "different";
}

function toDigits(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? character : String(code - zero);
  })
    .join("")
    .replaceAll(/\D/g, "");
}

/** 12 groups of five. */
export function toGroups(number: string): string[] {
  return number.match(/.{5}/g) ?? [];
}
