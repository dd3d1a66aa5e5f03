/**
 * The language of the interface. English is part of the app; the catalogue of another language is loaded when it is
 * chosen. `auto` follows the browser.
 */
import { setupI18n } from "@lingui/core";
import { messages as english } from "../locales/en-first.ts?compiled";

export const languages = {
  en: { name: "English", direction: "ltr", load: () => Promise.resolve({ messages: english }) },
  de: { name: "Deutsch", direction: "ltr", load: () => import("../locales/de.ts?compiled") },
  ar: { name: "العربية", direction: "rtl", load: () => import("../locales/ar.ts?compiled") },
} as const;
export type Language = keyof typeof languages;
export type LanguageChoice = Language | "auto";

const storageKey = "sotto/language";

export const i18n = setupI18n({ locale: "en", messages: { en: english } });

export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(languages, text);
}

/** The first of the browser's languages that there is a catalogue for. */
export function matchLanguage(wanted: readonly string[]): Language {
  return wanted.map(toBase).find(isLanguage) ?? "en";
}

/** What times and numbers follow: `en-GB` for someone who reads English and whose browser says so. */
export function matchLocale(language: Language, wanted: readonly string[]): string {
  return wanted.find((locale) => toBase(locale) === language && isLocale(locale)) ?? language;
}

export function getLanguageChoice(): LanguageChoice {
  try {
    const chosen = localStorage.getItem(storageKey);
    return isLanguage(chosen) ? chosen : "auto";
  } catch {
    return "auto";
  }
}

export async function setLanguageChoice(choice: LanguageChoice): Promise<void> {
  try {
    if (choice === "auto") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  await activate(choice);
}

/** The English words of the screens that are loaded later; the other languages have all of theirs in one file. */
export async function loadLaterWords(): Promise<void> {
  const { messages } = await import("../locales/en-later.ts?compiled");
  i18n.load("en", messages);
}

/** Awaited before the first paint. A catalogue that can't be loaded leaves English. */
export async function startLanguage(): Promise<void> {
  await activate(getLanguageChoice()).catch(() => activate("en"));
}

async function activate(choice: LanguageChoice): Promise<void> {
  const language = choice === "auto" ? matchLanguage(navigator.languages) : choice;
  const { messages } = await languages[language].load();
  i18n.loadAndActivate({ locale: language, locales: matchLocale(language, navigator.languages), messages });
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].direction;
}

/** Chromium makes `en-US@posix` of a system without a language, and `Intl` throws at that. */
function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function toBase(locale: string): string {
  return locale.toLowerCase().split("-")[0] ?? "";
}
