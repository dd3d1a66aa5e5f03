import type { Translated } from "../translated.ts";
import type { session as english } from "../en/session.ts";

export const session: Translated<typeof english> = {
  "session.signIn": "Anmelden",
  "session.lead": "Worte, die nur ihr beide lesen könnt.",
  "session.ended": "Diese Sitzung wurde von einem anderen Gerät beendet. Melde dich an, um weiterzumachen.",
  "session.username": "Benutzername",
  "session.password": "Passwort",
  "session.newHere": "Neu hier? <link>Konto erstellen</link>",
  "session.forgot": "Vergessen? <link>Mit dem Wiederherstellungsschlüssel zurückholen</link>",
  "session.createTitle": "Ein Konto erstellen",
  "session.createAccount": "Konto erstellen",
  "session.closed": "Dieser Server nimmt zurzeit keine neuen Konten an. Frage die Person, die ihn betreibt.",
  "session.usernameHint": "So finden dich andere. Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.",
  "session.inviteCode": "Einladungscode",
  "session.alreadyHere": "Schon dabei? <link>Anmelden</link>",
  "session.recoverTitle": "Konto wiederherstellen",
  "session.recoverLead":
    "Der Wiederherstellungsschlüssel, den du beim Erstellen des Kontos aufbewahrt hast, öffnet dein Konto, und du wählst ein neues Passwort. Alle anderen Sitzungen enden.",
  "session.recoveryKey": "Wiederherstellungsschlüssel",
  "session.recoveryKeyShape": "14 Gruppen zu vier Zeichen",
  "session.newPassword": "Neues Passwort",
  "session.recover": "Konto wiederherstellen",
  "session.back": "Zurück",
  "session.wrongRecovery": "Der Benutzername oder der Wiederherstellungsschlüssel ist falsch.",
  "session.keyTitle": "Dein Wiederherstellungsschlüssel",
  "session.keyLead":
    "Nur damit kommst du wieder hinein, wenn du dein Passwort vergisst. Niemand sonst hat ihn, auch der Server nicht. Bewahre ihn auf Papier oder in einem Passwortmanager auf.",
  "session.keyFor": "Wiederherstellungsschlüssel für {username}",
  "session.download": "Speichern",
  "session.print": "Drucken",
  "session.saved": "Ich habe ihn aufbewahrt",
  "session.continue": "Weiter",
  "session.keyFile": "Sotto-Wiederherstellungsschlüssel\nServer: {server}\nBenutzername: {username}",
  "password.empty": "Vier oder fünf Wörter ohne Zusammenhang sind stark und leicht zu merken.",
  "password.missing": "{count, plural, one {Noch ein Zeichen.} other {Noch # Zeichen.}}",
  "password.hasUsername": "Es sollte deinen Benutzernamen nicht enthalten.",
  "password.repetitive": "Mehr verschiedene Zeichen machen es schwerer zu erraten.",
  "password.short": "Länger ist stärker. Füge ein oder zwei Wörter hinzu.",
  "password.good": "Der Server sieht es nie und kann es nicht zurücksetzen.",
  "session.evicted":
    "Dieser Browser hat gelöscht, was Sotto hier aufbewahrt hat, vielleicht um Platz zu schaffen. Melde dich an, dann kommt alles zurück.",
};
