import type { Translated } from "../translated.ts";
import type { settings as english } from "../en/settings.ts";

export const settings: Translated<typeof english> = {
  "settings.account": "الحساب",
  "settings.foundByName": "يجدك الآخرون بهذا الاسم.",
  "settings.appearance": "المظهر",
  "settings.light": "فاتح",
  "settings.dark": "داكن",
  "settings.system": "النظام",
  "settings.language": "اللغة",
  "settings.languageSystem": "حسب المتصفح",
  "settings.sessions": "مسجّل الدخول على",
  "settings.thisBrowser": "هذا المتصفح",
  "settings.lastUsed": "آخر استخدام: {when}",
  "settings.endSession": "إنهاء",
  "settings.endSessionOf": "إنهاء جلسة {device}",
  "settings.password": "كلمة المرور",
  "settings.changePassword": "تغيير كلمة المرور",
  "settings.othersEnd": "تنتهي جلساتك الأخرى عند تغيير كلمة المرور.",
  "settings.currentPassword": "كلمة المرور الحالية",
  "settings.newPassword": "كلمة المرور الجديدة",
  "settings.wrongPassword": "كلمة المرور الحالية غير صحيحة.",
  "settings.serverSees": "ما الذي يراه الخادم",
  "settings.serverSeesText":
    "يرى من يكتب إلى من، ومتى، والحجم التقريبي. ولا يستطيع قراءة رسائلك ولا كلمة مرورك ولا مفاتيحك.",
  "settings.signOut": "تسجيل الخروج",
  "settings.signOutErases": "يمحو تسجيل الخروج كل شيء من هذا المتصفح.",
};
