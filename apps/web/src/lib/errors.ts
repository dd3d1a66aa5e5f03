import { messages as english } from "../locales/en-first.ts?compiled";
import { useTranslate } from "./i18n.ts";
import type { MessageKey, Translate } from "./i18n.ts";

type ErrorKey = Extract<MessageKey, `error.${string}`>;
/** Where a screen knows better than the error what it means here. */
type Meanings = Partial<Record<string, MessageKey>>;

/** The sentence to show for an error, by its code, which every error of the messenger has. */
export function toSentence(t: Translate, error: unknown, meanings: Meanings = {}): string {
  return toSentenceOf(t, findCode(error), error instanceof Error ? error.message : "", meanings);
}

/** The same for a code that came without an error; `detail` is the English sentence beside it. */
export function toSentenceOf(
  t: Translate,
  code: string | null | undefined,
  detail: string,
  meanings: Meanings = {},
): string {
  const key = typeof code === "string" ? (meanings[code] ?? findKey(code)) : undefined;
  return key === undefined ? detail || t("error.other") : t(key as ErrorKey, { detail });
}

/** `toSentence` in the reader's language; nothing where there is no error. */
export function useSentence(): (error: unknown, meanings?: Meanings) => string | undefined {
  const t = useTranslate();
  return (error, meanings) =>
    error === null || error === undefined ? undefined : toSentence(t, error, meanings);
}

export function findCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** Undefined for a code that only a newer server knows. */
function findKey(code: string): ErrorKey | undefined {
  const key = `error.${code}`;
  return Object.hasOwn(english, key) ? (key as ErrorKey) : undefined;
}
