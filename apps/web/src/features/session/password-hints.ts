import { limits } from "@sotto/protocol";

/**
 * What to say under the field while someone chooses a password. Advice only: whether a password is strong enough is
 * the messenger's decision when the form is sent.
 */
export function findPasswordHint(password: string, username: string): string {
  const missing = limits.passwordMinLength - password.length;
  if (password === "") return "Four or five unrelated words are strong, and easy to remember.";
  if (missing > 0) return missing === 1 ? "One more character." : `${missing} more characters.`;
  const name = username.trim().toLowerCase();
  if (name.length >= limits.usernameMinLength && password.toLowerCase().includes(name)) {
    return "It should not contain your username.";
  }
  if (new Set(password).size < 4) return "More different characters make it harder to guess.";
  if (password.length < 12) return "Longer is stronger. Add a word or two.";
  return "The server never sees it and can't reset it.";
}
