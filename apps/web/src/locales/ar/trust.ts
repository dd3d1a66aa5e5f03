import type { Translated } from "../translated.ts";
import type { trust as english } from "../en/trust.ts";

export const trust: Translated<typeof english> = {
  "trust.person": "شخص",
  "trust.backToConversation": "العودة إلى المحادثة",
  "trust.unknown": "هذا الشخص ليس على هذا الجهاز.",
  "trust.knownSince": "على تواصل منذ {when}",
  "trust.safetyNumber": "رقم الأمان",
  "trust.explain":
    "إذا رأيت أنت و{name} الرقم نفسه فلا أحد يقف بينكما، ولا حتى الخادم. قارناه وجهًا لوجه أو عبر الهاتف أو في تطبيق مراسلة آخر.",
  "trust.qrCode": "رقم الأمان على شكل رمز QR، لكاميرا الهاتف الآخر",
  "trust.compare": "الرقم الذي يراه {name}",
  "trust.compareHint": "الصقه هنا لتتم مقارنته.",
  "trust.same": "الرقم نفسه. ضع الآن علامة التحقق على {name}.",
  "trust.different": "ليس الرقم نفسه. تأكد من أن {name} نسخ الرقم الصحيح. إن كان كذلك فربما يقف أحد بينكما.",
  "trust.verified": "لقد تحققت من {name}. إذا تغيّر المفتاح يومًا فلن يُرسَل شيء حتى تقرر.",
  "trust.unverified": "لم تتحقق من {name} بعد.",
  "trust.changed": "تغيّر مفتاح {name} منذ أول تواصل بينكما. قد يكون السبب هاتفًا جديدًا. قارنا مرة أخرى.",
  "trust.refused":
    "مفتاح {name} ليس المفتاح الذي تحققت منه، لذلك لا يُرسَل شيء. قارنا الرقم مرة أخرى قبل أن تقرر.",
  "trust.numberChanged": "تغيّر مفتاح {name} وأنت تنظر، ومعه هذا الرقم. ما قارنتماه حتى الآن لا يُعتد به.",
  "trust.showNewNumber": "عرض الرقم الجديد",
  "trust.keyChanged": "تغيّر المفتاح في هذه الأثناء، لذلك لم توضع أي علامة. قارنا الرقم الجديد.",
  "trust.markVerified": "وضع علامة التحقق",
  "trust.markNewVerified": "وضع علامة التحقق على المفتاح الجديد",
  "trust.takeBack": "إلغاء التحقق",
  "trust.writeAnyway": "الكتابة دون تحقق",
  "trust.contact": "جهة الاتصال",
  "trust.blockExplained": "لا يُخبَر المحظور بذلك. وما يرسله في أثناء الحظر لا يصلك أبدًا، ولا حتى لاحقًا.",
  "trust.isBlocked": "لقد حظرت {name}. ما يرسله الآن لا يصلك أبدًا، ولا حتى لاحقًا.",
  "trust.block": "حظر {name}",
  "trust.blockReally": "نعم، حظر {name}",
  "trust.unblock": "إلغاء حظر {name}",
};
