import type { Translated } from "../translated.ts";
import type { trust as english } from "../en/trust.ts";

export const trust: Translated<typeof english> = {
  "trust.person": "Person",
  "trust.backToConversation": "Zurück zur Unterhaltung",
  "trust.unknown": "Diese Person ist nicht auf diesem Gerät.",
  "trust.knownSince": "In Kontakt seit {when}",
  "trust.safetyNumber": "Sicherheitsnummer",
  "trust.explain":
    "Wenn du und {name} dieselbe Nummer seht, steht niemand zwischen euch, auch der Server nicht. Vergleicht sie persönlich, am Telefon oder in einem anderen Messenger.",
  "trust.qrCode": "Die Sicherheitsnummer als QR-Code, für die Kamera des anderen Telefons",
  "trust.compare": "Die Nummer, die {name} sieht",
  "trust.compareHint": "Füge sie hier ein, dann wird sie verglichen.",
  "trust.same": "Dieselbe Nummer. Markiere {name} jetzt als verifiziert.",
  "trust.different":
    "Nicht dieselbe Nummer. Prüfe, ob {name} die richtige kopiert hat. Wenn ja, steht vielleicht jemand zwischen euch.",
  "trust.verified":
    "Du hast {name} verifiziert. Falls sich der Schlüssel ändert, wird nichts gesendet, bis du entscheidest.",
  "trust.unverified": "Du hast {name} noch nicht verifiziert.",
  "trust.changed":
    "Der Schlüssel von {name} hat sich seit eurem ersten Kontakt geändert. Ein neues Telefon kann der Grund sein. Vergleicht noch einmal.",
  "trust.refused":
    "Der Schlüssel von {name} ist nicht der, den du verifiziert hast. Deshalb wird nichts gesendet. Vergleicht die Nummer noch einmal, bevor du entscheidest.",
  "trust.numberChanged":
    "Der Schlüssel von {name} hat sich geändert, während du hier warst, und mit ihm diese Nummer. Was ihr bis jetzt verglichen habt, gilt nicht.",
  "trust.showNewNumber": "Neue Nummer anzeigen",
  "trust.keyChanged":
    "Der Schlüssel hat sich inzwischen geändert, deshalb wurde nichts markiert. Vergleicht die neue Nummer.",
  "trust.markVerified": "Als verifiziert markieren",
  "trust.markNewVerified": "Neuen Schlüssel als verifiziert markieren",
  "trust.takeBack": "Verifizierung zurücknehmen",
  "trust.writeAnyway": "Ohne Verifizierung schreiben",
  "trust.contact": "Kontakt",
  "trust.blockExplained":
    "Wer blockiert ist, erfährt es nicht. Was währenddessen gesendet wird, erreicht dich nie, auch nicht später.",
  "trust.isBlocked":
    "Du hast {name} blockiert. Was jetzt gesendet wird, erreicht dich nie, auch nicht später.",
  "trust.block": "{name} blockieren",
  "trust.blockReally": "Ja, {name} blockieren",
  "trust.unblock": "{name} nicht mehr blockieren",
};
