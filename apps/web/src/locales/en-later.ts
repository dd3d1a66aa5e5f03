/** What is said only on screens that are loaded later, with them. */
import { search } from "./en/search.ts";
import { settings } from "./en/settings.ts";
import { trust } from "./en/trust.ts";

export const messages = {
  ...search,
  ...settings,
  ...trust,
};
