import type { Message } from "@sotto/client";
import { toPlainText } from "../../lib/plain-text.ts";
import type { Translate } from "../../lib/i18n.ts";

/** One line about the last message of a conversation. */
export function toPreview(t: Translate, message: Message | null): string {
  if (message === null) return t("conversations.noMessages");
  if (message.problem === "unreadable") return t("conversations.unreadable");
  if (message.problem === "unsupported") return t("conversations.unsupported");
  if (message.deleted) return t("conversations.deleted");
  return toPlainText(message.text);
}
