import type { Translated } from "../translated.ts";
import type { conversations as english } from "../en/conversations.ts";

export const conversations: Translated<typeof english> = {
  "conversations.empty": "لا شيء هنا بعد",
  "conversations.emptyHelp":
    "يجب أن يعرف شخص على هذا الخادم اسم المستخدم الخاص بك، وهو {username}، أو أن تعرف أنت اسمه.",
  "conversations.findSomeone": "ابحث عن شخص تكتب إليه",
  "conversations.unread":
    "{count, plural, zero {لا رسائل غير مقروءة} one {رسالة واحدة غير مقروءة} two {رسالتان غير مقروءتين} few {# رسائل غير مقروءة} many {# رسالة غير مقروءة} other {# رسالة غير مقروءة}}",
  "conversations.noMessages": "لا رسائل بعد",
  "conversations.unreadable": "رسالة تعذّر فتحها",
  "conversations.deleted": "رسالة محذوفة",
  "conversations.unsupported": "رسالة لإصدار أحدث",
  "conversations.allArchived": "كل المحادثات مؤرشفة",
  "conversations.requests":
    "{count, plural, zero {لا طلبات} one {طلب واحد} two {طلبان} few {# طلبات} many {# طلبًا} other {# طلب}}",
  "conversations.archived":
    "{count, plural, zero {لا محادثات مؤرشفة} one {محادثة مؤرشفة واحدة} two {محادثتان مؤرشفتان} few {# محادثات مؤرشفة} many {# محادثة مؤرشفة} other {# محادثة مؤرشفة}}",
  "conversations.actions": "خيارات {name}",
  "conversations.pin": "تثبيت",
  "conversations.unpin": "إلغاء التثبيت",
  "conversations.mute": "كتم",
  "conversations.unmute": "إلغاء الكتم",
  "conversations.archive": "أرشفة",
  "conversations.unarchive": "إخراج من الأرشيف",
  "conversations.muted": "مكتومة",
  "conversations.pinned": "مثبّتة",
  "conversations.draft": "مسودة:",
};
