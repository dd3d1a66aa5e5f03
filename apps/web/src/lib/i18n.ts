import { useLingui } from "@lingui/react";
import type { I18n } from "@lingui/core";
import type { messages } from "../locales/en.ts";

type English = typeof messages;
export type MessageKey = keyof English;

/** Before the brace that opens a branch of a plural stands its category; before any other, something else. */
type OpensBranch<Before extends string> =
  Before extends `${string} ${"zero" | "one" | "two" | "few" | "many" | "other" | `=${number}`} `
    ? true
    : false;
type NameOf<After extends string> = After extends `${infer Name},${string}`
  ? Name extends `${infer Shorter}}${string}`
    ? Shorter
    : Name
  : After extends `${infer Name}}${string}`
    ? Name
    : never;
type NamesIn<Text extends string> = Text extends `${infer Before}{${infer After}`
  ? (OpensBranch<Before> extends true ? never : NameOf<After>) | NamesIn<After>
  : never;

/** What an English message has braces for, read from the message itself. */
export type ValuesOf<Key extends MessageKey> = [NamesIn<English[Key]>] extends [never]
  ? []
  : [values: Record<NamesIn<English[Key]>, string | number>];

/** The message in the reader's language. */
export type Translate = <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>) => string;

export function useTranslate(): Translate {
  return useLingui()._;
}

/** BCP 47, for times and numbers. */
export function useLocale(): string {
  return toLocale(useLingui().i18n);
}

function toLocale({ locale, locales }: I18n): string {
  return typeof locales === "string" ? locales : locale;
}
