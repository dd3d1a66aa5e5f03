import { cursorSchema, parseCursor, usernameSchema } from "@sotto/protocol";
import type { Random } from "@sotto/chaos/random";
import { anyText, mutateText, textOf } from "../inputs/text.ts";
import type { Finding, Target } from "../target.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";

/** The two texts that people and programs hand back and forth, judged character by character. */
export function namesTarget(): Target {
  return {
    name: "names",
    share: 10_000,
    attempt: (random) => (random.chance(0.5) ? tryCursor(random) : tryUsername(random)),
  };
}

function tryCursor(random: Random): Finding | null {
  const make = () =>
    `${random.integer(1, 10 ** random.integer(1, 15))}.${textOf(random, "0123456789abcdef", 16)}`;
  const text = random.chance(0.1)
    ? anyText(random)
    : mutateText(random, make(), random.chance(0.2) ? "0" : make());
  const input = JSON.stringify(text);
  const accepted = cursorSchema.safeParse(text).success;
  const parsed = parseCursor(text);
  if (accepted !== (parsed !== null)) return { fault: "refused", what: "schema and parser disagree", input };
  if (isCursor(text) !== accepted)
    return { fault: accepted ? "accepted" : "refused", what: "a cursor", input };
  if (parsed && !Number.isSafeInteger(parsed.seq))
    return { fault: "accepted", what: "an unsafe number", input };
  return null;
}

function isCursor(text: string): boolean {
  if (text === "0") return true;
  const dot = text.indexOf(".");
  const [seq, tag] = [text.slice(0, dot), text.slice(dot + 1)];
  const isSeq = dot >= 1 && dot <= 15 && isMadeOf(seq, digits) && !seq.startsWith("0");
  return isSeq && tag.length === 16 && isMadeOf(tag, `${digits}abcdef`);
}

function tryUsername(random: Random): Finding | null {
  const all = `${letters}${letters.toUpperCase()}${digits}`;
  const make = () => textOf(random, all, 1) + textOf(random, `${all}._-`, random.integer(0, 34));
  const text = random.chance(0.1) ? anyText(random) : mutateText(random, make(), make());
  const sound =
    text.length >= 3 && text.length <= 32 && isMadeOf(text, `${all}._-`) && all.includes(text.charAt(0));
  const accepted = usernameSchema.safeParse(text).success;
  if (accepted === sound) return null;
  return { fault: accepted ? "accepted" : "refused", what: "a username", input: JSON.stringify(text) };
}

function isMadeOf(text: string, characters: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!characters.includes(text.charAt(at))) return false;
  return true;
}
