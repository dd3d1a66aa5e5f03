import type { Translated } from "../translated.ts";
import type { common as english } from "../en/common.ts";

export const common: Translated<typeof english> = {
  "common.close": "إغلاق",
  "common.cancel": "إلغاء",
  "common.loading": "جارٍ التحميل…",
  "common.copy": "نسخ",
  "common.copied": "تم النسخ",
  "common.showCharacters": "إظهار الأحرف",
  "common.hideCharacters": "إخفاء الأحرف",
  "mark.queued": "في الانتظار",
  "mark.sent": "أُرسلت",
  "mark.delivered": "سُلّمت",
  "mark.read": "قُرئت",
  "mark.refused": "رُفضت",
  "mark.unread": "جديدة",
};
