import type { Translated } from "../translated.ts";
import type { session as english } from "../en/session.ts";

export const session: Translated<typeof english> = {
  "session.signIn": "تسجيل الدخول",
  "session.lead": "كلمات لا يقرؤها سواكما.",
  "session.ended": "أُنهيت هذه الجلسة من جهاز آخر. سجّل الدخول للمتابعة.",
  "session.username": "اسم المستخدم",
  "session.password": "كلمة المرور",
  "session.newHere": "جديد هنا؟ <link>إنشاء حساب</link>",
  "session.forgot": "نسيتها؟ <link>الاستعادة بمفتاح الاسترداد</link>",
  "session.createTitle": "إنشاء حساب",
  "session.createAccount": "إنشاء الحساب",
  "session.closed": "لا يقبل هذا الخادم حسابات جديدة حاليًا. اسأل من يديره.",
  "session.usernameHint": "به يجدك الآخرون. حروف لاتينية وأرقام ونقاط وشرطات وشرطات سفلية.",
  "session.inviteCode": "رمز الدعوة",
  "session.alreadyHere": "لديك حساب؟ <link>تسجيل الدخول</link>",
  "session.recoverTitle": "استعادة الحساب",
  "session.recoverLead":
    "مفتاح الاسترداد الذي حفظته عند إنشاء الحساب يفتح حسابك ويتيح لك اختيار كلمة مرور جديدة. تنتهي كل الجلسات الأخرى.",
  "session.recoveryKey": "مفتاح الاسترداد",
  "session.recoveryKeyShape": "١٤ مجموعة من أربعة أحرف",
  "session.newPassword": "كلمة المرور الجديدة",
  "session.recover": "استعادة الحساب",
  "session.back": "رجوع",
  "session.wrongRecovery": "اسم المستخدم أو مفتاح الاسترداد غير صحيح.",
  "session.keyTitle": "مفتاح الاسترداد الخاص بك",
  "session.keyLead":
    "هو السبيل الوحيد للعودة إلى حسابك إن نسيت كلمة المرور. ليس لدى أحد سواك، ولا حتى لدى الخادم. احفظه على ورق أو في مدير كلمات مرور.",
  "session.keyFor": "مفتاح الاسترداد لـ {username}",
  "session.download": "تنزيل",
  "session.print": "طباعة",
  "session.saved": "لقد حفظته",
  "session.continue": "متابعة",
  "session.keyFile": "مفتاح استرداد Sotto\nالخادم: {server}\nاسم المستخدم: {username}",
  "password.empty": "أربع كلمات أو خمس لا رابط بينها قوية وسهلة التذكّر.",
  "password.missing":
    "{count, plural, zero {لا ينقص شيء.} one {بقي حرف واحد.} two {بقي حرفان.} few {بقيت # أحرف.} many {بقي # حرفًا.} other {بقي # حرف.}}",
  "password.hasUsername": "ينبغي ألا تحتوي على اسم المستخدم.",
  "password.repetitive": "كلما تنوّعت الأحرف صعب تخمينها.",
  "password.short": "الأطول أقوى. أضف كلمة أو كلمتين.",
  "password.good": "لا يراها الخادم أبدًا ولا يستطيع إعادة تعيينها.",
  "session.evicted": "محا هذا المتصفح ما حفظه Sotto هنا، ربما لتوفير مساحة. سجّل الدخول فيعود كل شيء.",
};
