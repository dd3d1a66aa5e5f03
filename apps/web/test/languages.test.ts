import { compileMessage } from "@lingui/message-utils/compileMessage";
import { setupI18n } from "@lingui/core";
import { expect, test } from "vitest";
import { messages as ar } from "../src/locales/ar.ts";
import { messages as de } from "../src/locales/de.ts";
import { messages as en } from "../src/locales/en.ts";
import { toSentence } from "../src/lib/errors.ts";
import type { Translate } from "../src/lib/i18n.ts";
import { i18n, languages, loadLaterWords, matchLanguage, matchLocale } from "../src/lib/language.ts";
import type { Language } from "../src/lib/language.ts";

const catalogues: Record<Language, Record<string, string>> = { en, de, ar };
const locales = Object.keys(catalogues) as Language[];
const t = i18n.t.bind(i18n) as Translate;

type Parts = { values: Set<string>; categories: Set<string>; tags: Set<string> };

/** What a message is made of: the names of its values, its plural categories and its tags. */
function partsOf(text: string): Parts {
  const parts: Parts = { values: new Set(), categories: new Set(), tags: new Set() };
  collect(compileMessage(text), parts);
  return parts;
}

function collect(message: unknown, parts: Parts): void {
  for (const part of Array.isArray(message) ? (message as unknown[]) : [message]) {
    if (typeof part === "string") {
      for (const [, tag] of part.matchAll(/<(\w+)>/g)) parts.tags.add(tag ?? "");
    }
    if (!Array.isArray(part)) continue;
    const [name, kind, branches] = part as [string, string?, Record<string, unknown>?];
    parts.values.add(name);
    for (const [category, branch] of Object.entries(branches ?? {})) {
      if (kind === "plural" && category !== "offset" && !/^\d/.test(category)) parts.categories.add(category);
      collect(branch, parts);
    }
  }
}

const everyMessage = locales.flatMap((locale) =>
  Object.entries(catalogues[locale]).map(([key, text]) => ({ locale, key, text })),
);

test("every language has every message, with the same tags and, but for the details of errors, the same values", () => {
  for (const locale of locales) {
    expect(Object.keys(catalogues[locale]).sort()).toEqual(Object.keys(en).sort());
  }
  for (const { locale, key, text } of everyMessage) {
    expect(text.trim(), `${locale} ${key}`).not.toBe("");
    const { values, tags } = partsOf(text);
    const english = partsOf(catalogues.en[key] ?? "");
    for (const parts of [values, english.values]) parts.delete("detail");
    expect({ locale, key, values, tags }).toEqual({
      locale,
      key,
      values: english.values,
      tags: english.tags,
    });
  }
});

test("a plural has every form that its language counts in", () => {
  const plurals = everyMessage.filter(({ text }) => partsOf(text).categories.size > 0);
  expect(plurals.length).toBeGreaterThan(locales.length);
  for (const { locale, key, text } of plurals) {
    const forms = new Set(new Intl.PluralRules(locale).resolvedOptions().pluralCategories);
    expect({ locale, key, forms: partsOf(text).categories }).toEqual({ locale, key, forms });
  }
});

test("numbers take the form and the digits of their language", async () => {
  const inLanguage = async (locale: Language, locales: string) => {
    const { messages } = await languages[locale].load();
    const i18n = setupI18n({ locale, locales, messages: { [locale]: messages } });
    return (count: number) => i18n.t("chat.missingBefore", { count });
  };
  const german = await inLanguage("de", "de-AT");
  expect([german(1), german(1.5e6)]).toEqual([
    "1 Nachricht fehlt.",
    "1\u{a0}500\u{a0}000 Nachrichten fehlen.",
  ]);
  const arabic = await inLanguage("ar", "ar-EG");
  expect([1, 2, 3, 11, 100].map(arabic)).toEqual([
    "رسالة واحدة مفقودة.",
    "رسالتان مفقودتان.",
    "٣ رسائل مفقودة.",
    "١١ رسالة مفقودة.",
    "١٠٠ رسالة مفقودة.",
  ]);
});

test("the language is the browser's first that there is, and the region is kept for times", () => {
  expect(matchLanguage(["fr-FR", "de-AT", "en"])).toBe("de");
  expect(matchLanguage(["fr"])).toBe("en");
  expect(matchLanguage([])).toBe("en");
  expect(matchLocale("de", ["fr-FR", "de-AT", "en"])).toBe("de-AT");
  expect(matchLocale("ar", ["en-GB"])).toBe("ar");
  // What Chromium makes of the locale C; `Intl` would throw at it.
  expect(matchLocale("en", ["en-US@posix"])).toBe("en");
});

test("an error is said by its code, as the screen means it, and by its own words where it has no code", async () => {
  await loadLaterWords();
  const error = Object.assign(new Error("in English"), { code: "wrong-credentials" });
  expect(toSentence(t, error)).toBe("The username or the password is wrong.");
  expect(toSentence(t, error, { "wrong-credentials": "settings.wrongPassword" })).toBe(
    "The current password is wrong.",
  );
  expect(toSentence(t, Object.assign(new Error("what the server wrote"), { code: "bad-input" }))).toBe(
    "what the server wrote",
  );
  expect(toSentence(t, Object.assign(new Error("of a newer server"), { code: "unheard-of" }))).toBe(
    "of a newer server",
  );
  expect(toSentence(t, "x")).toBe("Something went wrong. Please try again.");
});
