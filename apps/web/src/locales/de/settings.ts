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
  "settings.changePassword": "Passwort ändern",
  "settings.othersEnd": "Deine anderen Sitzungen enden, wenn sich das Passwort ändert.",
  "settings.currentPassword": "Aktuelles Passwort",
  "settings.newPassword": "Neues Passwort",
  "settings.wrongPassword": "Das aktuelle Passwort ist falsch.",
  "settings.serverSeesText":
    "Der Server sieht, wer wem schreibt, wann und ungefähr wie viel. Weder deine Nachrichten noch dein Passwort oder deine Schlüssel kann er lesen.",
  "settings.signOut": "Abmelden",
  "settings.signOutErases": "Beim Abmelden wird alles aus diesem Browser gelöscht.",
  "settings.title": "Einstellungen",
  "settings.privacy": "Privatsphäre",
  "settings.readReceipts": "Lesebestätigungen",
  "settings.readReceiptsHint": "Andere sehen, wann du gelesen hast, und du siehst es von ihnen.",
  "settings.typing": "Tippen",
  "settings.typingHint": "Andere sehen, während du schreibst, und du siehst es von ihnen.",
  "settings.presence": "Anwesenheit",
  "settings.presenceHint":
    "Andere sehen, wenn du Sotto vor dir hast, und du siehst es von ihnen. Nur Leute, denen du geschrieben hast und die es auch eingeschaltet haben.",
  "settings.blocked": "Blockiert",
  "settings.nobodyBlocked": "Du hast niemanden blockiert.",
  "settings.unblock": "Freigeben",
  "settings.since": "seit {when}",
  "settings.endOthers": "Alle anderen abmelden",
  "settings.recovery": "Wiederherstellungsschlüssel",
  "settings.recoveryText":
    "Er öffnet dein Konto, wenn du dein Passwort vergisst. Niemand sonst hat ihn, deshalb lässt er sich nicht noch einmal anzeigen: Du kannst den aufbewahrten prüfen oder einen neuen machen.",
  "settings.checkRecovery": "Wiederherstellungsschlüssel prüfen",
  "settings.renewRecovery": "Neuen machen",
  "settings.recoveryFits": "Das ist dein Wiederherstellungsschlüssel. Lass ihn, wo er ist.",
  "settings.recoveryNew":
    "Bewahre zuerst diesen neuen Schlüssel auf. Er gilt, sobald du mit deinem Passwort bestätigst; behalte den alten bis dahin.",
  "settings.replaceRecovery": "Alten ersetzen",
  "settings.recoveryRenewed": "Jetzt gilt der neue Wiederherstellungsschlüssel. Der alte öffnet nichts mehr.",
  "settings.data": "Deine Daten",
  "settings.deleteAccount": "Konto löschen",
  "settings.deleteText":
    "Dein Name, deine Schlüssel, Geräte und Einstellungen werden vom Server entfernt, und aus diesem Browser alles. Was du anderen geschickt hast, behalten sie, unter einem Namen, der nichts sagt. Es gibt kein Zurück.",
  "settings.deleteForGood": "Endgültig löschen",
  "stored.title": "Was kann dieser Server sehen?",
  "stored.lead":
    "Diese Seite entsteht aus der Datenbank des Servers, wie sie in diesem Moment ist: jede Tabelle, jede Spalte und die Zeilen, die deine sind. Das sieht, wer den Server betreibt, und sonst nichts von dir.",
  "stored.more":
    "Deine Nachrichten, dein Passwort und deine Schlüssel stehen darin nur verschlüsselt oder gar nicht. Zwei Spalten fehlen hier: Sie würden dir verraten, wer dich blockiert hat. Solange du verbunden bist, sieht der Server außerdem deine Internetadresse.",
  "stored.rows":
    "{count, plural, =0 {Keine Zeile von dir} one {# Zeile von dir} other {# Zeilen von dir, die neuesten sind gezeigt}}",
  "stored.length": "({count, plural, one {# Zeichen} other {# Zeichen}})",
  "stored.meta": "Angaben zur Installation. Gehört niemandem.",
  "stored.users":
    "Wer du für andere bist: dein Name und der Schlüssel, mit dem andere Nachrichten verschließen.",
  "stored.credentials":
    "Womit du dein Passwort beweist, ohne es zu zeigen, und dein geheimer Schlüssel, doppelt verschlossen: mit deinem Passwort und mit deinem Wiederherstellungsschlüssel.",
  "stored.sessions": "Die Geräte, auf denen du angemeldet bist.",
  "stored.refresh_tokens":
    "Was deine Geräte angemeldet hält, als Fingerabdruck, der sich nicht benutzen lässt.",
  "stored.challenges": "Begonnene, nicht beendete Anmeldungen.",
  "stored.redeemed_tickets": "Benutzte Eintrittskarten für Verbindungen. Gehört niemandem.",
  "stored.retired_names":
    "Namen gelöschter Konten als Fingerabdrücke, damit niemand einen übernimmt. Gehört niemandem.",
  "stored.user_blocks": "Wen du blockiert hast.",
  "stored.account_data":
    "Deine Einstellungen, Entwürfe und was du über die Schlüssel anderer weißt, verschlossen.",
  "stored.conversations": "Dass du Unterhaltungen hast und wann zuletzt geschrieben wurde.",
  "stored.conversation_members": "In welchen Unterhaltungen du bist.",
  "stored.messages":
    "Wer wem wann geschrieben hat, wann es ankam und gelesen wurde, und die Nachricht selbst, verschlüsselt.",
  "stored.feed_counters": "Wie weit deine Geräte sind.",
  "stored.feed_events":
    "Was deine Geräte noch erfahren müssen: dass etwas geschehen ist, nicht was geschrieben wurde.",
  "settings.notifications": "Mitteilungen",
  "settings.notify": "Neue Nachrichten melden",
  "settings.notifyHint":
    "Solange Sotto offen und nicht zu sehen ist. Stummgeschaltete Unterhaltungen und Anfragen bleiben still.",
  "settings.notifyDenied":
    "Dieser Browser erlaubt der Seite keine Mitteilungen. Das lässt sich in seinen Einstellungen ändern.",
  "settings.sound": "Ton",
  "export.title": "Export",
  "export.text":
    "Alles, was du hast, auf diesem Gerät entschlüsselt und in einer Datei, die du selbst sicher aufbewahrst: als Seite zum Lesen oder als Daten für Programme.",
  "export.html": "Als Seite (HTML)",
  "export.json": "Als Daten (JSON)",
  "export.progress": "Wie viel exportiert ist",
  "export.pageTitle": "Nachrichten von {username}",
  "export.incomplete": "Ältere Nachrichten ließen sich nicht laden.",
  "export.deleted": "Gelöscht",
  "import.title": "Import",
  "import.text":
    "Holt einen Export von dir (JSON) zurück, zum Beispiel nach einem Umzug auf einen anderen Server. Seine Nachrichten lassen sich in diesem Browser lesen und finden, bis du dich hier abmeldest, und sind als importiert gekennzeichnet.",
  "import.choose": "Datei wählen",
  "import.progress": "Wie viel importiert ist",
  "import.cancelled": "Der Import wurde abgebrochen. Nichts davon ist geblieben.",
  "import.done":
    "{count, plural, =0 {Nichts Neues zu importieren.} one {# Nachricht wurde importiert.} other {# Nachrichten wurden importiert.}}",
  "import.present": "{count, plural, one {# war schon hier.} other {# waren schon hier.}}",
  "import.missing":
    "Mit diesen Personen hast du hier keine Unterhaltung, deshalb fehlen ihre Nachrichten: {names}. Öffne mit jeder eine und importiere dann noch einmal.",
};
