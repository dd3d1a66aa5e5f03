import { app } from "./de/app.ts";
import { chat } from "./de/chat.ts";
import { common } from "./de/common.ts";
import { conversations } from "./de/conversations.ts";
import { errors } from "./de/errors.ts";
import { people } from "./de/people.ts";
import { search } from "./de/search.ts";
import { session } from "./de/session.ts";
import { settings } from "./de/settings.ts";
import { trust } from "./de/trust.ts";

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
