import type { Translated } from "../translated.ts";
import type { errors as english } from "../en/errors.ts";

export const errors: Translated<typeof english> = {
  "error.other": "Etwas ist schiefgegangen. Bitte versuche es noch einmal.",
  "error.bad-input": "Das wurde nicht angenommen: {detail}",
  "error.bad-cursor": "Das wurde nicht angenommen: {detail}",
  "error.bad-public-key": "Das wurde nicht angenommen: {detail}",
  "error.username-taken": "Dieser Name ist vergeben. Wähle einen anderen.",
  "error.unknown-user": "Hier gibt es niemanden mit diesem Namen.",
  "error.unknown-conversation": "Diese Unterhaltung gibt es nicht, oder du gehörst nicht dazu.",
  "error.unknown-message": "Diese Nachricht gibt es in dieser Unterhaltung nicht.",
  "error.unknown-session": "Diese Sitzung gibt es nicht, oder sie ist schon beendet.",
  "error.wrong-credentials": "Der Benutzername oder das Passwort ist falsch.",
  "error.registration-closed": "Dieser Server nimmt niemanden mehr auf.",
  "error.invite-code-wrong": "Dieser Einladungscode stimmt nicht. Frage die Person, von der du ihn hast.",
  "error.challenge-expired": "Das hat zu lange gedauert. Beginne noch einmal.",
  "error.not-signed-in": "Melde dich zuerst an.",
  "error.session-ended": "Diese Sitzung ist beendet. Melde dich neu an.",
  "error.rate-limited": "Zu viele Versuche. Warte ein wenig und versuche es dann noch einmal.",
  "error.to-yourself": "Das bist du selbst. Wähle jemand anderen.",
  "error.wrong-recipients": "Die Nachricht ist an jemanden gerichtet, der nicht hier ist.",
  "error.envelope-invalid": "Der Server konnte die Nachricht nicht annehmen.",
  "error.envelope-too-large": "Die Nachricht ist zu lang. Sende sie in Teilen.",
  "error.id-conflict": "Der Server konnte die Nachricht nicht annehmen.",
  "error.version-conflict":
    "Das wurde gleichzeitig auf einem anderen Gerät geändert. Versuche es noch einmal.",
  "error.too-many-subscriptions": "Es sind zu viele Fenster offen. Schließe einige davon.",
  "error.too-many-blocks": "Du hast so viele Personen blockiert, wie möglich ist. Gib zuerst jemanden frei.",
  "error.socket-only": "Das wurde nicht angenommen: {detail}",
  "error.unavailable": "Der Server erreicht seine Datenbank gerade nicht. Versuche es gleich noch einmal.",
  "error.internal": "In Sotto ist etwas schiefgegangen. Lade die Seite neu und versuche es noch einmal.",
  "error.already-signed-in": "Hier ist schon jemand angemeldet. Melde dich zuerst ab.",
  "error.blocked":
    "Du hast diese Person blockiert, deshalb wurde nichts gesendet. Hebe die Blockierung zuerst auf.",
  "error.closed": "Sotto wurde mittendrin geschlossen. Lade die Seite neu.",
  "error.empty-message": "Schreibe zuerst etwas: Die Nachricht ist leer.",
  "error.key-changed":
    "Der Schlüssel dieser Person ist nicht der, den du bestätigt hast. Deshalb wurde nichts gesendet. Vergleicht eure Sicherheitsnummern noch einmal.",
  "error.message-too-large": "Die Nachricht ist zu lang. Sende sie in Teilen.",
  "error.import-running": "Ein Import läuft schon. Warte, bis er fertig ist, oder brich ihn ab.",
  "error.not-an-export":
    "Das ist kein Export von Sotto als Daten (JSON), oder ein Teil davon ist beschädigt. Nichts wurde importiert.",
  "error.not-your-export": "Das ist der Export von jemand anderem. Nur der eigene lässt sich importieren.",
  "error.not-possible":
    "Mit dieser Nachricht geht das nicht: Sie wurde importiert, gelöscht, abgelehnt oder ist nicht lesbar.",
  "error.not-yours": "Nur wer eine Nachricht geschrieben hat, kann sie ändern oder löschen.",
  "error.offline":
    "Der Server ist gerade nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.",
  "error.store-in-use": "Der Speicher wird schon benutzt: {detail}",
  "error.store-unreadable":
    "Dieser Browser lässt die Seite ihre Daten nicht aufbewahren oder lesen. Ein privates Fenster oder eine volle Festplatte kann der Grund sein.",
  "error.untrusted-answer":
    "Der Server hat eine Antwort gegeben, die nicht passt. Sie wurde nicht verwendet. Sage der Person Bescheid, die ihn betreibt.",
  "error.weak-password":
    "Das Passwort ist leicht zu erraten. Nimm ein längeres oder ein paar Wörter, die nicht zusammengehören.",
  "error.wrong-recovery-key": "Das ist kein Wiederherstellungsschlüssel dieses Kontos. Prüfe jede Gruppe.",
  "error.interrupted":
    "Sotto ist mittendrin in einen anderen Tab umgezogen. Sieh nach, ob es geschehen ist, bevor du es wiederholst.",
  "error.load-failed":
    "Ein Teil von Sotto ließ sich nicht laden. Prüfe die Verbindung und lade die Seite neu.",
};
