import type { Message } from "@sotto/client";
import type { Translate } from "../../lib/i18n.ts";

/** One line about the last message of a conversation. */
export function toPreview(t: Translate, message: Message | null): string {
  if (message === null) return t("conversations.noMessages");
  if (message.problem === "unreadable") return t("conversations.unreadable");
  if (message.problem === "unsupported") return t("conversations.unsupported");
  return message.text.replaceAll(/\s+/g, " ").slice(0, 160);
}
