import * as z from "zod/mini";
import { lengthAtLeast, lengthAtMost } from "./length.ts";
import { limits } from "./limits.ts";

const { usernameMinLength: min, usernameMaxLength: max } = limits;

/** 3 to 32 of `a–z A–Z 0–9 . _ -`, a letter or digit first. Case is kept for display and ignored when compared. */
export const usernameSchema = z
  .string()
  .check(
    lengthAtLeast(min, `A username has at least ${min} characters.`),
    lengthAtMost(max, `A username has at most ${max} characters.`),
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      "A username is made of the letters a–z, digits, dots, hyphens and underscores, and starts with a letter or digit.",
    ),
  );

/** What the name of a deleted account begins with; nobody else is given such a name. */
export const deletedNamePrefix = "deleted.";

export function isDeletedName(username: string): boolean {
  return canonicalUsername(username).startsWith(deletedNamePrefix);
}

/** The form in which two usernames are compared and by which OPAQUE knows an account. */
export function canonicalUsername(username: string): string {
  return username.toLowerCase();
}
