import * as z from "zod/mini";

/** At most so many characters or items. */
export function lengthAtMost(maximum: number, message?: string) {
  return ofTextAndLists(z.maxLength(maximum, message));
}

/** At least so many characters or items. */
export function lengthAtLeast(minimum: number, message?: string) {
  return ofTextAndLists(z.minLength(minimum, message));
}

/**
 * zod compares the `length` of whatever has one, even where the type was wrong already; an object whose `length` is
 * no number makes that throw instead of being refused.
 */
function ofTextAndLists<Check extends z.core.$ZodCheckMaxLength | z.core.$ZodCheckMinLength>(
  check: Check,
): Check {
  check._zod.def.when = ({ value }: z.core.ParsePayload) => typeof value === "string" || Array.isArray(value);
  return check;
}
