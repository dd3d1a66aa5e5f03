/** Times are ISO 8601 in UTC; what is shown is in the reader's zone and language. */
const dayMs = 86_400_000;

export function formatClock(iso: string, locale: string): string {
  return formatter(locale, "clock").format(new Date(iso));
}

/** Local calendar day as `2026-01-31`: equal for two times of one day. */
export function toDayKey(date: Date): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** "Today", "Yesterday", "Monday", "12 March", "12 March 2024". */
export function formatDay(iso: string, now: Date, locale: string): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 1) return formatRelativeDay(Math.max(days, 0), locale);
  if (days < 7) return formatter(locale, "weekday").format(date);
  const sameYear = date.getFullYear() === now.getFullYear();
  return formatter(locale, sameYear ? "day" : "dayOfYear").format(date);
}

/** As short as a list wants it: the time today, then the day, then the date. */
export function formatListTime(iso: string, now: Date, locale: string): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return formatClock(iso, locale);
  if (days === 1) return formatRelativeDay(1, locale);
  if (days < 7) return formatter(locale, "shortWeekday").format(date);
  const sameYear = date.getFullYear() === now.getFullYear();
  return formatter(locale, sameYear ? "shortDay" : "shortMonth").format(date);
}

/** Date and time in full, for titles and for the list of sessions. */
export function formatFull(iso: string, locale: string): string {
  return formatter(locale, "full").format(new Date(iso));
}

/** To the second, for the details of a message. */
export function formatExact(iso: string, locale: string): string {
  return formatter(locale, "exact").format(new Date(iso));
}

const shapes = {
  clock: { timeStyle: "short" },
  weekday: { weekday: "long" },
  day: { day: "numeric", month: "long" },
  dayOfYear: { day: "numeric", month: "long", year: "numeric" },
  shortWeekday: { weekday: "short" },
  shortDay: { day: "numeric", month: "short" },
  shortMonth: { month: "short", year: "numeric" },
  full: { dateStyle: "medium", timeStyle: "short" },
  exact: { dateStyle: "full", timeStyle: "medium" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Kept, because making one takes far longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${locale}/${shape}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, shapes[shape]);
  formatters.set(key, made);
  return made;
}

function formatRelativeDay(daysAgo: number, locale: string): string {
  const text = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-daysAgo, "day");
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** Calendar days, whatever a change of the clocks did to their length. */
function daysBetween(earlier: Date, later: Date): number {
  const start = Date.UTC(earlier.getFullYear(), earlier.getMonth(), earlier.getDate());
  const end = Date.UTC(later.getFullYear(), later.getMonth(), later.getDate());
  return Math.round((end - start) / dayMs);
}
