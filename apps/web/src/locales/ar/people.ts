import type { Translated } from "../translated.ts";
import type { people as english } from "../en/people.ts";

export const people: Translated<typeof english> = {
  "people.newConversation": "محادثة جديدة",
  "people.find": "البحث عن أشخاص",
  "people.username": "اسم المستخدم",
  "people.people": "الأشخاص",
  "people.typeMore":
    "اكتب {count, plural, zero {أي حرف} one {حرفًا واحدًا على الأقل} two {حرفين على الأقل} few {# أحرف على الأقل} many {# حرفًا على الأقل} other {# حرف على الأقل}} من الاسم.",
  "people.found":
    "{count, plural, zero {لا أحد} one {شخص واحد} two {شخصان} few {# أشخاص} many {# شخصًا} other {# شخص}}",
  "people.searching": "جارٍ البحث…",
  "people.nobody": "لا أحد هنا يبدأ اسمه بـ «{prefix}».",
};
