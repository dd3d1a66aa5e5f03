import type { Translated } from "../translated.ts";
import type { search as english } from "../en/search.ts";

export const search: Translated<typeof english> = {
  "search.title": "Suche",
  "search.field": "Personen und Nachrichten suchen",
  "search.placeholder": "Ein Name oder Wörter aus einer Nachricht",
  "search.results": "Ergebnisse",
  "search.filters": "Filter",
  "search.from": "Geschrieben von",
  "search.anyone": "Irgendwem",
  "search.since": "Seit",
  "search.until": "Bis",
  "search.newPerson": "Auf diesem Server",
  "search.found": "{count, plural, =0 {Nichts gefunden} one {# Ergebnis} other {# Ergebnisse}}",
  "search.nothingHelp":
    "Versuche es mit weniger Wörtern oder nur einem Wortanfang, prüfe die Schreibweise oder nimm einen Filter weg.",
  "search.showMore": "Mehr anzeigen",
  "search.preparing": "Ältere Nachrichten werden noch gelesen.",
  "search.coveredSince": "Durchsucht bis {when}. Ältere werden noch gelesen.",
  "search.progress": "Wie viel durchsucht ist",
  "shortcuts.title": "Tastenkürzel",
  "shortcuts.search": "Personen und Nachrichten suchen",
  "shortcuts.next": "Nächste Unterhaltung",
  "shortcuts.previous": "Vorherige Unterhaltung",
  "shortcuts.send": "Nachricht senden",
  "shortcuts.newLine": "Neue Zeile in der Nachricht",
  "shortcuts.emoji": "Emoji über seinen Namen",
  "shortcuts.edit": "Deine letzte Nachricht bearbeiten, im leeren Feld",
  "shortcuts.messages": "Von Nachricht zu Nachricht, und in der Liste von Unterhaltung zu Unterhaltung",
  "shortcuts.menu": "Menü der Nachricht",
  "shortcuts.close": "Offenes schließen",
  "shortcuts.help": "Diese Liste",
};
