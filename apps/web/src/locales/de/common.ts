import type { Translated } from "../translated.ts";
import type { common as english } from "../en/common.ts";

export const common: Translated<typeof english> = {
  "common.close": "Schließen",
  "common.cancel": "Abbrechen",
  "common.loading": "Wird geladen …",
  "common.copy": "Kopieren",
  "common.copied": "Kopiert",
  "common.showCharacters": "Zeichen anzeigen",
  "common.hideCharacters": "Zeichen verbergen",
  "mark.queued": "Wartet",
  "mark.sent": "Gesendet",
  "mark.delivered": "Zugestellt",
  "mark.read": "Gelesen",
  "mark.refused": "Abgelehnt",
  "mark.unread": "Neu",
};
