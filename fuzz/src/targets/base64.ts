import { CryptoError, decodeBase64, decodeBase64Url } from "@sotto/crypto";
import type { Random } from "@sotto/chaos/random";
import { randomBytes, randomLength } from "../inputs/bytes.ts";
import { anyText, mutateText, textOf } from "../inputs/text.ts";
import { compare, outcomeOf, type Target } from "../target.ts";

type Form = "base64" | "base64url";
type Decoders = Record<Form, (text: string) => Uint8Array>;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";
const isTyped = (error: unknown) => error instanceof CryptoError && error.code === "bad-base64";

/** Node's decoder takes nearly anything, but what its encoder writes is canonical: a text is one if it comes back. */
export function base64Target(
  decoders: Decoders = { base64: decodeBase64, base64url: decodeBase64Url },
): Target {
  return {
    name: "base64",
    share: 15_000,
    attempt(random) {
      const form = random.pick<Form>(["base64", "base64url"]);
      const text = makeText(random, form);
      const bytes = Buffer.from(text, form);
      const canonical = bytes.toString(form) === text;
      const outcome = outcomeOf(isTyped, () => decoders[form](text));
      const expected = canonical ? (value: Uint8Array) => bytes.equals(value) : null;
      return compare(outcome, expected, () => `${form} ${JSON.stringify(text)}`);
    },
  };
}

function makeText(random: Random, form: Form): string {
  const choice = random.integer(0, 9);
  if (choice === 0) return anyText(random);
  if (choice <= 2) return textOf(random, alphabet, randomLength(random, 60));
  const encode = () => Buffer.from(randomBytes(random, randomLength(random, 60))).toString(form);
  return choice === 3 ? encode() : mutateText(random, encode(), encode());
}
