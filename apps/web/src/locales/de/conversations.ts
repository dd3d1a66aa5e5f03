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
  "conversations.unsupported": "Eine Nachricht für eine neuere Version",
};
