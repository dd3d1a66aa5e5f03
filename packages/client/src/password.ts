import { limits } from "@sotto/protocol";
import { SottoError } from "./errors.ts";

/**
 * Guesses (as zxcvbn counts them) under which a password is refused. The host of a server could try passwords offline
 * against its own database; at Argon2id's price, ten million guesses are weeks of computing and a thousand are none.
 */
const minGuesses = 1e7;

/**
 * The server never sees a password, so the device that makes the account is the one place to refuse a weak one.
 *
 * @throws SottoError `weak-password` with a sentence that says what is wrong with it
 */
export async function assertStrongPassword(password: string, username: string): Promise<void> {
  const { passwordMinLength: min, passwordMaxLength: max } = limits;
  if (password.length < min) throw weak(`The password is too short: use at least ${min} characters.`);
  if (password.length > max) throw weak(`The password is too long: use at most ${max} characters.`);
  const { estimateGuesses } = await import("./password-guesses.ts");
  if (estimateGuesses(password, username) < minGuesses) {
    throw weak(
      "The password is easy to guess. Use a longer one, or a few words that do not belong together.",
    );
  }
}

function weak(message: string): SottoError {
  return new SottoError("weak-password", message);
}
