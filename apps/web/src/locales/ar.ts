import { app } from "./ar/app.ts";
import { chat } from "./ar/chat.ts";
import { common } from "./ar/common.ts";
import { conversations } from "./ar/conversations.ts";
import { errors } from "./ar/errors.ts";
import { people } from "./ar/people.ts";
import { search } from "./ar/search.ts";
import { session } from "./ar/session.ts";
import { settings } from "./ar/settings.ts";
import { trust } from "./ar/trust.ts";

export const messages = {
  ...app,
  ...chat,
  ...common,
  ...conversations,
  ...errors,
  ...people,
  ...search,
  ...session,
  ...settings,
  ...trust,
};
