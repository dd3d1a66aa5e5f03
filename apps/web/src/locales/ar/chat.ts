import type { Translated } from "../translated.ts";
import type { chat as english } from "../en/chat.ts";

export const chat: Translated<typeof english> = {
  "chat.conversationWith": "محادثة مع {name}",
  "chat.backToAll": "العودة إلى الكل",
  "chat.typing": "يكتب…",
  "chat.offline": "غير متصل",
  "chat.connecting": "جارٍ الاتصال…",
  "chat.encrypted": "مشفّرة من الطرف إلى الطرف",
  "chat.missing": "هذه المحادثة ليست على هذا الجهاز. <link>العودة إلى كل المحادثات</link>",
  "chat.keyChanged": "تغيّر مفتاح {name} منذ أول تواصل بينكما. اسأله بطريقة أخرى هل يعرف السبب.",
  "chat.beginning":
    "ما تكتبه هنا يُختم على هذا الجهاز ولا يُفتح إلا على جهاز الطرف الآخر. أما الخادم فيحفظه مغلقًا.",
  "chat.block": "حظر {name}",
  "chat.blockQuestion": "حظر {name}؟",
  "chat.blockExplained": "لن ترى ما يكتبه {name} من الآن فصاعدًا، ولا لاحقًا. ولن يُبلَّغ {name} بذلك.",
  "chat.blockNow": "حظر",
  "chat.blocked": "لقد حظرت {name}.",
  "chat.unblock": "إلغاء الحظر",
  "chat.messages": "الرسائل",
  "chat.jumpToNewest": "الانتقال إلى الأحدث",
  "chat.you": "أنت",
  "chat.received": "مستلمة",
  "chat.notSent": "لم تُرسَل. {reason}",
  "chat.unreadable": "تعذّر فتح هذه الرسالة.",
  "chat.unsupported": "تحتاج هذه الرسالة إلى إصدار أحدث من Sotto.",
  "chat.tampered": "تغيّر ترتيب الرسائل في الطريق. الرسالة التالية ليست في الموضع الذي كُتبت فيه.",
  "chat.missingBefore":
    "{count, plural, zero {لا رسائل مفقودة.} one {رسالة واحدة مفقودة.} two {رسالتان مفقودتان.} few {# رسائل مفقودة.} many {# رسالة مفقودة.} other {# رسالة مفقودة.}}",
  "chat.message": "الرسالة",
  "chat.writeTo": "اكتب إلى {name}",
  "chat.send": "إرسال",
};
