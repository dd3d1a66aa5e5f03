import { readBody } from "@sotto/client/body";
import type { Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { anyValue, mutateValue } from "../inputs/value.ts";
import { anyText } from "../inputs/text.ts";
import { describe, hex, type Target } from "../target.ts";

/** The inside of a message, as the other side wrote it: read without an exception, whatever it is. */
export function bodyTarget(): Target {
  return {
    name: "body",
    share: 5_000,
    attempt(random) {
      const kind = random.chance(0.95) ? 1 : random.integer(0, 255);
      const bytes = makeBytes(random);
      const input = `${kind} ${hex(bytes)}`;
      try {
        const body = readBody(kind, bytes);
        if (body.type !== "text") return null;
        const written: unknown = JSON.parse(
          Buffer.from(bytes)
            .toString("utf8")
            .replace(/^\ufeff/, ""),
        );
        const isText = typeof body.text === "string" && hasText(written, body.text);
        return isText ? null : { fault: "accepted", what: "a text that nobody wrote", input };
      } catch (error) {
        return { fault: "untyped", what: describe(error), input };
      }
    },
  };
}

function makeBytes(random: Random): Uint8Array {
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const body = () => ({
    type: "text",
    text: anyText(random),
    ...(random.chance(0.3) ? { voids: [1, 2] } : {}),
  });
  const choice = random.integer(0, 9);
  if (choice === 0) return randomBytes(random, randomLength(random, 300));
  if (choice === 1) return encode(anyValue(random));
  if (choice <= 5) return encode(mutateValue(random, body()));
  return mutateBytes(random, encode(body()), encode(body()));
}

function hasText(written: unknown, text: string): boolean {
  if (typeof written !== "object" || written === null) return false;
  return Reflect.get(written, "type") === "text" && Reflect.get(written, "text") === text;
}
