import type { Translated } from "../translated.ts";
import type { people as english } from "../en/people.ts";

export const people: Translated<typeof english> = {
  "people.newConversation": "Neue Unterhaltung",
  "people.find": "Personen finden",
  "people.username": "Benutzername",
  "people.people": "Personen",
  "people.typeMore":
    "Gib mindestens {count, plural, one {# Buchstaben} other {# Buchstaben}} des Namens ein.",
  "people.found": "{count, plural, one {# Person} other {# Personen}}",
  "people.searching": "Suche läuft …",
  "people.nobody": "Niemand hier hat einen Namen, der mit „{prefix}“ beginnt.",
};
