/** What the first screens say: part of the app. */
import { app } from "./en/app.ts";
import { chat } from "./en/chat.ts";
import { common } from "./en/common.ts";
import { conversations } from "./en/conversations.ts";
import { errors } from "./en/errors.ts";
import { people } from "./en/people.ts";
import { session } from "./en/session.ts";

export const messages = {
  ...app,
  ...chat,
  ...common,
  ...conversations,
  ...errors,
  ...people,
  ...session,
};
