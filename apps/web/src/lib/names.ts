import { isDeletedName } from "@sotto/protocol";
import type { Translate } from "./i18n.ts";

/** What a person is called on the screen. Who has deleted their account left a name that says nothing. */
export function nameOf(t: Translate, { username }: { username: string }): string {
  return isDeletedName(username) ? t("common.deletedAccount") : username;
}
