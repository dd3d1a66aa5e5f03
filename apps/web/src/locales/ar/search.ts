import type { Translated } from "../translated.ts";
import type { search as english } from "../en/search.ts";

export const search: Translated<typeof english> = {
  "search.title": "البحث",
  "search.field": "البحث في الأشخاص والرسائل",
  "search.placeholder": "اسم أو كلمات من رسالة",
  "search.results": "النتائج",
  "search.filters": "عوامل التصفية",
  "search.from": "كتبها",
  "search.anyone": "أي شخص",
  "search.since": "منذ",
  "search.until": "حتى",
  "search.newPerson": "على هذا الخادم",
  "search.found":
    "{count, plural, zero {لا نتائج} one {نتيجة واحدة} two {نتيجتان} few {# نتائج} many {# نتيجة} other {# نتيجة}}",
  "search.nothingHelp": "جرّب كلمات أقل أو بداية كلمة فقط، أو راجع الإملاء، أو أزل أحد عوامل التصفية.",
  "search.showMore": "عرض المزيد",
  "search.preparing": "ما زالت الرسائل الأقدم تُقرأ.",
  "search.coveredSince": "شمل البحث ما بعد {when}. ما زالت الرسائل الأقدم تُقرأ.",
  "search.progress": "مقدار ما شمله البحث",
  "shortcuts.title": "اختصارات لوحة المفاتيح",
  "shortcuts.search": "البحث في الأشخاص والرسائل",
  "shortcuts.next": "المحادثة التالية",
  "shortcuts.previous": "المحادثة السابقة",
  "shortcuts.send": "إرسال الرسالة",
  "shortcuts.newLine": "سطر جديد في الرسالة",
  "shortcuts.emoji": "رمز تعبيري باسمه",
  "shortcuts.edit": "تعديل رسالتك الأخيرة، من الحقل الفارغ",
  "shortcuts.messages": "من رسالة إلى أخرى، ومن محادثة إلى أخرى في القائمة",
  "shortcuts.menu": "قائمة الرسالة",
  "shortcuts.close": "إغلاق ما هو مفتوح",
  "shortcuts.help": "هذه القائمة",
};
