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
  "trust.scan": "Mit der Kamera scannen",
  "trust.scanTitle": "Den Code von {name} scannen",
  "trust.scanHint":
    "Bringe den Code, den {name} sieht, vor die Kamera, so dass er ganz im Rahmen ist. Kein Bild verlässt dieses Gerät.",
  "trust.cameraPicture": "Was die Kamera sieht",
  "trust.cameraAwaited": "Warten auf die Kamera. Vielleicht fragt der Browser dich zuerst.",
  "trust.scanAgain": "Noch einmal scannen",
  "trust.scanForeign":
    "Dieser Code ist keine Sicherheitsnummer. {name} findet den richtigen durch einen Klick auf deinen Namen über eurer Unterhaltung.",
  "trust.scanDifferent":
    "Nicht dieselbe Nummer. Prüfe, ob {name} deinen Namen geöffnet hat und nicht den von jemand anderem. Wenn ja, steht vielleicht jemand zwischen euch.",
  "trust.sameAgain": "Dieselbe Nummer.",
  "trust.camera.unsupported":
    "Dieser Browser gibt der Seite keine Kamera. Füge die Nummer stattdessen ein, oder öffne Sotto in einem anderen Browser.",
  "trust.camera.denied":
    "Die Kamera ist für diese Seite nicht erlaubt. Erlaube sie in den Einstellungen des Browsers und im System für den Browser selbst, dann scanne noch einmal. Oder füge die Nummer stattdessen ein.",
  "trust.camera.missing":
    "Es wurde keine Kamera gefunden. Schließe eine an und scanne noch einmal, oder füge die Nummer stattdessen ein.",
  "trust.camera.busy":
    "Die Kamera antwortet nicht: wahrscheinlich benutzt sie gerade etwas anderes. Schließe das und scanne noch einmal. Oder füge die Nummer stattdessen ein.",
  "trust.camera.failed":
    "Die Kamera wurde angehalten oder ist nicht gestartet. Scanne noch einmal, oder füge die Nummer stattdessen ein.",
  "trust.camera.left": "Die Kamera wurde ausgeschaltet, weil du diese Seite verlassen hast.",
  "trust.camera.unread":
    "Was den Code liest, konnte nicht geladen werden. Prüfe die Verbindung und scanne noch einmal, oder füge die Nummer stattdessen ein.",
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
  "trust.acceptKey": "Ohne Vergleich annehmen",
  "trust.contact": "Kontakt",
  "trust.blockExplained":
    "Wer blockiert ist, erfährt es nicht. Was währenddessen gesendet wird, erreicht dich nie, auch nicht später.",
  "trust.isBlocked":
    "Du hast {name} blockiert. Was jetzt gesendet wird, erreicht dich nie, auch nicht später.",
  "trust.unblock": "{name} nicht mehr blockieren",
};
