import type { Translated } from "../translated.ts";
import type { chat as english } from "../en/chat.ts";

export const chat: Translated<typeof english> = {
  "chat.conversationWith": "Unterhaltung mit {name}",
  "chat.backToAll": "Zurück zu allen",
  "chat.typing": "schreibt …",
  "chat.offline": "Offline",
  "chat.connecting": "Verbindung wird aufgebaut …",
  "chat.encrypted": "Ende-zu-Ende-verschlüsselt",
  "chat.missing":
    "Diese Unterhaltung ist nicht auf diesem Gerät. <link>Zurück zu allen Unterhaltungen</link>",
  "chat.keyChanged":
    "Der Schlüssel von {name} hat sich seit eurem ersten Kontakt geändert. Frage auf einem anderen Weg nach, ob der Grund bekannt ist.",
  "chat.beginning":
    "Was du hier schreibst, wird auf diesem Gerät versiegelt und erst auf dem anderen geöffnet. Für den Server bleibt es verschlossen.",
  "chat.block": "{name} blockieren",
  "chat.blockQuestion": "{name} blockieren?",
  "chat.blockExplained":
    "Was {name} ab jetzt schreibt, siehst du nicht, auch später nicht. {name} erfährt davon nichts.",
  "chat.blockNow": "Blockieren",
  "chat.blocked": "Du hast {name} blockiert.",
  "chat.unblock": "Blockierung aufheben",
  "chat.messages": "Nachrichten",
  "chat.jumpToNewest": "Zur neuesten springen",
  "chat.you": "Du",
  "chat.received": "Empfangen",
  "chat.notSent": "Nicht gesendet. {reason}",
  "chat.unreadable": "Diese Nachricht ließ sich nicht öffnen.",
  "chat.unsupported": "Diese Nachricht braucht eine neuere Version von Sotto.",
  "chat.tampered":
    "Die Reihenfolge der Nachrichten wurde unterwegs verändert. Die nächste steht nicht dort, wo sie geschrieben wurde.",
  "chat.missingBefore": "{count, plural, one {# Nachricht fehlt.} other {# Nachrichten fehlen.}}",
  "chat.message": "Nachricht",
  "chat.writeTo": "An {name} schreiben",
  "chat.send": "Senden",
};
