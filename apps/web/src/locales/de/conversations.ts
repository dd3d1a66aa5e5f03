import type { Translated } from "../translated.ts";
import type { conversations as english } from "../en/conversations.ts";

export const conversations: Translated<typeof english> = {
  "conversations.empty": "Noch nichts hier",
  "conversations.emptyHelp":
    "Jemand auf diesem Server muss deinen Benutzernamen kennen, {username}, oder du den der anderen.",
  "conversations.findSomeone": "Jemanden zum Schreiben finden",
  "conversations.unread": "{count, plural, one {# ungelesene} other {# ungelesene}}",
  "conversations.noMessages": "Noch keine Nachrichten",
  "conversations.unreadable": "Eine Nachricht, die sich nicht öffnen ließ",
  "conversations.deleted": "Eine gelöschte Nachricht",
  "conversations.unsupported": "Eine Nachricht für eine neuere Version",
  "conversations.allArchived": "Alle Unterhaltungen sind archiviert",
  "conversations.requests": "{count, plural, one {# Anfrage} other {# Anfragen}}",
  "conversations.archived": "{count, plural, one {# archiviert} other {# archiviert}}",
  "conversations.actions": "Optionen für {name}",
  "conversations.pin": "Anheften",
  "conversations.unpin": "Nicht mehr anheften",
  "conversations.mute": "Stummschalten",
  "conversations.unmute": "Nicht mehr stummschalten",
  "conversations.archive": "Archivieren",
  "conversations.unarchive": "Aus dem Archiv holen",
  "conversations.muted": "Stumm",
  "conversations.pinned": "Angeheftet",
  "conversations.draft": "Entwurf:",
};
