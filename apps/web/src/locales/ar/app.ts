import type { Translated } from "../translated.ts";
import type { app as english } from "../en/app.ts";

export const app: Translated<typeof english> = {
  "app.cannotStart": "تعذّر تشغيل Sotto",
  "app.opening": "جارٍ فتح Sotto",
  "app.openingSlowly":
    "يستغرق هذا وقتًا أطول من المعتاد. قد تكون هناك علامة تبويب أخرى لـ Sotto في وضع السكون: افتحها أو أغلقها.",
  "app.offline": "غير متصل. سيُرسَل ما تكتبه لاحقًا.",
  "app.connecting": "جارٍ الاتصال. ما تكتبه ينتظر هنا.",
  "app.settingsRolledBack": "فقد الخادم بعض إعداداتك أو تراجع عنها، فأعاد هذا الجهاز إعداداته هو.",
  "app.conversations": "المحادثات",
  "app.newConversation": "محادثة جديدة",
  "app.chooseConversation": "اختر محادثة أو ابدأ محادثة جديدة.",
  "app.tooOldTitle": "هذا المتصفح قديم جدًا",
  "app.tooOld":
    "يحتاج Sotto إلى Web Workers وWeb Locks وIndexedDB، وهي متوفرة في الإصدارات الحالية من Firefox وChrome وEdge وSafari. وقد لا تتوفر في نافذة خاصة، فجرّب نافذة عادية.",
  "app.insecureTitle": "هذا العنوان غير آمن",
  "app.insecure":
    "لقد فتحت Sotto على <strong>{origin}</strong>. لا تتيح المتصفحات التشفير للصفحات إلا عبر HTTPS، أو على الجهاز نفسه على <strong>http://localhost</strong>. لم يُرسَل أي شيء.",
  "app.insecureProxy": "إذا كنت تدير هذا الخادم فضع أمامه وكيلًا عكسيًا بشهادة. يكفي لذلك مع Caddy ثلاثة أسطر:",
  "app.insecureStart": "ثم شغّل Sotto مع <code>{origin}</code> و<code>{proxy}</code>.",
  "app.recoveryReminder": "هل ما زال مفتاح الاسترداد في متناول يدك؟",
  "app.recoveryCheck": "تحقق منه",
  "app.later": "لاحقًا",
  "app.settings": "الإعدادات",
  "app.notifyOffer": "وصلت رسالة وأنت بعيد. هل يخبرك Sotto في المرة القادمة؟",
  "app.notifyTurnOn": "تشغيل الإشعارات",
  "app.newMessageFrom": "رسالة جديدة من {name}",
  "app.notNow": "ليس الآن",
  "app.search": "البحث",
};
