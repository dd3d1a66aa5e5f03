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
  "conversations.unsupported": "رسالة لإصدار أحدث",
};
