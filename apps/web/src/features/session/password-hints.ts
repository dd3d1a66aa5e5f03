import { limits } from "@sotto/protocol";
import type { Translate } from "../../lib/i18n.ts";

/**
 * What to say under the field while someone chooses a password. Advice only: whether a password is strong enough is
 * the messenger's decision when the form is sent.
 */
export function findPasswordHint(t: Translate, password: string, username: string): string {
  const missing = limits.passwordMinLength - password.length;
  if (password === "") return t("password.empty");
  if (missing > 0) return t("password.missing", { count: missing });
  const name = username.trim().toLowerCase();
  if (name.length >= limits.usernameMinLength && password.toLowerCase().includes(name)) {
    return t("password.hasUsername");
  }
  if (new Set(password).size < 4) return t("password.repetitive");
  if (password.length < 12) return t("password.short");
  return t("password.good");
}
