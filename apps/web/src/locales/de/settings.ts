import type { Translated } from "../translated.ts";
import type { settings as english } from "../en/settings.ts";

export const settings: Translated<typeof english> = {
  "settings.account": "Konto",
  "settings.foundByName": "Unter diesem Namen finden dich andere.",
  "settings.appearance": "Aussehen",
  "settings.light": "Hell",
  "settings.dark": "Dunkel",
  "settings.system": "System",
  "settings.language": "Sprache",
  "settings.languageSystem": "Wie der Browser",
  "settings.sessions": "Angemeldet auf",
  "settings.thisBrowser": "Dieser Browser",
  "settings.lastUsed": "Zuletzt benutzt: {when}",
  "settings.endSession": "Beenden",
  "settings.endSessionOf": "Sitzung von {device} beenden",
  "settings.password": "Passwort",
  "settings.changePassword": "Passwort ändern",
  "settings.othersEnd": "Deine anderen Sitzungen enden, wenn sich das Passwort ändert.",
  "settings.currentPassword": "Aktuelles Passwort",
  "settings.newPassword": "Neues Passwort",
  "settings.wrongPassword": "Das aktuelle Passwort ist falsch.",
  "settings.serverSees": "Was der Server sieht",
  "settings.serverSeesText":
    "Er sieht, wer wem schreibt, wann und ungefähr wie viel. Weder deine Nachrichten noch dein Passwort oder deine Schlüssel kann er lesen.",
  "settings.signOut": "Abmelden",
  "settings.signOutErases": "Beim Abmelden wird alles aus diesem Browser gelöscht.",
};
