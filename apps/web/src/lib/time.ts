/** Times are ISO 8601 in UTC; what is shown is in the reader's zone and language. */
const dayMs = 86_400_000;

export function formatClock(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(iso));
}

/** Local calendar day as `2026-01-31`: equal for two times of one day. */
export function toDayKey(date: Date): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** "Today", "Yesterday", "Monday", "12 March", "12 March 2024". */
export function formatDay(iso: string, now: Date, locale?: string): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days < 7) return new Intl.DateTimeFormat(locale, { weekday: "long" }).format(date);
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...year }).format(date);
}

/** As short as a list wants it: the time today, then the day, then the date. */
export function formatListTime(iso: string, now: Date, locale?: string): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return formatClock(iso, locale);
  if (days === 1) return "Yesterday";
  if (days < 7) return new Intl.DateTimeFormat(locale, { weekday: "short" }).format(date);
  const rest = date.getFullYear() === now.getFullYear() ? "day" : "year";
  return new Intl.DateTimeFormat(locale, { month: "short", [rest]: "numeric" }).format(date);
}

/** Date and time in full, for titles and for the list of sessions. */
export function formatFull(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

/** Calendar days, whatever a change of the clocks did to their length. */
function daysBetween(earlier: Date, later: Date): number {
  const start = Date.UTC(earlier.getFullYear(), earlier.getMonth(), earlier.getDate());
  const end = Date.UTC(later.getFullYear(), later.getMonth(), later.getDate());
  return Math.round((end - start) / dayMs);
}
