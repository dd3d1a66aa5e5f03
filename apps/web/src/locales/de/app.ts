import type { Translated } from "../translated.ts";
import type { app as english } from "../en/app.ts";

export const app: Translated<typeof english> = {
  "app.cannotStart": "Sotto kann nicht starten",
  "app.opening": "Sotto wird geöffnet",
  "app.openingSlowly":
    "Das dauert länger als üblich. Vielleicht schläft ein anderer Tab mit Sotto: Öffne ihn oder schließe ihn.",
  "app.offline": "Offline. Was du schreibst, wird später gesendet.",
  "app.connecting": "Verbindung wird aufgebaut. Was du schreibst, wartet hier.",
  "app.settingsRolledBack":
    "Der Server hat einige deiner Einstellungen verloren oder zurückgenommen. Dieses Gerät hat seine eigenen wiederhergestellt.",
  "app.conversations": "Unterhaltungen",
  "app.newConversation": "Neue Unterhaltung",
  "app.chooseConversation": "Wähle eine Unterhaltung oder beginne eine neue.",
  "app.tooOldTitle": "Dieser Browser ist zu alt",
  "app.tooOld":
    "Sotto braucht Web Workers, Web Locks und IndexedDB. Aktuelle Versionen von Firefox, Chrome, Edge und Safari bringen sie mit. In einem privaten Fenster fehlen sie manchmal: Versuche es in einem gewöhnlichen.",
  "app.insecureTitle": "Diese Adresse ist nicht sicher",
  "app.insecure":
    "Du hast Sotto unter <strong>{origin}</strong> geöffnet. Verschlüsseln lassen Browser eine Seite nur über HTTPS oder auf demselben Rechner unter <strong>http://localhost</strong>. Es wurde nichts gesendet.",
  "app.insecureProxy":
    "Wenn du diesen Server betreibst, stelle einen Reverse Proxy mit Zertifikat davor. Mit Caddy sind das drei Zeilen:",
  "app.insecureStart": "Starte Sotto dann mit <code>{origin}</code> und <code>{proxy}</code>.",
  "app.recoveryReminder": "Findest du deinen Wiederherstellungsschlüssel noch?",
  "app.recoveryCheck": "Prüfen",
  "app.later": "Später",
  "app.settings": "Einstellungen",
  "app.notifyOffer": "Während du weg warst, kam eine Nachricht. Soll Sotto es dir nächstes Mal sagen?",
  "app.notifyTurnOn": "Mitteilungen einschalten",
  "app.newMessageFrom": "Neue Nachricht von {name}",
  "app.notNow": "Nicht jetzt",
  "app.search": "Suche",
};
