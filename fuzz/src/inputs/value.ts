/** Values as JSON has them: from nothing, and by breaking a well-formed one. */
import type { Random } from "@sotto/chaos/random";
import { anyText, mutateText } from "./text.ts";

const numbers = [0, -0, 1, -1, 0.5, 201, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324];
const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "toJSON",
  "length",
  "then",
  "",
  "id",
  "0",
];

export function anyValue(random: Random, depth = 3): unknown {
  const choice = random.integer(0, depth > 0 ? 8 : 4);
  if (choice === 0) return null;
  if (choice === 1) return random.chance(0.5);
  if (choice === 2) return random.pick(numbers);
  if (choice <= 4) return anyText(random);
  if (choice <= 6) return Array.from({ length: random.integer(0, 4) }, () => anyValue(random, depth - 1));
  if (choice === 7) return nest(random, random.pick([10, 100, 1_000]));
  const object = {};
  for (let count = random.integer(0, 4); count > 0; count -= 1) {
    define(object, random.pick(names), anyValue(random, depth - 1));
  }
  return object;
}

/** A copy with one to three things wrong. May be equal: not everything changes everything. */
export function mutateValue(random: Random, value: unknown): unknown {
  const holder = { value: structuredClone(value) };
  for (let count = random.chance(0.7) ? 1 : random.integer(2, 3); count > 0; count -= 1) {
    breakOne(random, random.pick(slotsOf(holder)), holder);
  }
  return holder.value;
}

type Slot = { parent: object; key: string };

function breakOne(random: Random, { parent, key }: Slot, holder: object): void {
  const old: unknown = Reflect.get(parent, key);
  const set = (next: unknown) => define(parent, key, next);
  switch (random.integer(0, 8)) {
    case 0:
      return set(anyValue(random));
    case 1:
      if (parent !== holder) Reflect.deleteProperty(parent, key);
      return;
    case 2:
      return set([old]);
    case 3: {
      const other = random.pick(slotsOf(holder));
      const theirs: unknown = structuredClone(Reflect.get(other.parent, other.key));
      define(other.parent, other.key, structuredClone(old));
      return set(theirs);
    }
    case 4:
      if (Array.isArray(old)) old.push(anyValue(random));
      else if (isObject(old)) define(old, random.pick(names), anyValue(random));
      return;
    case 5:
      if (Array.isArray(old)) set(Array.from({ length: random.pick([0, 2, 60]) }, () => old[0]));
      return;
    case 6:
      return set(random.pick(numbers));
    case 7:
      return set(typeof old === "number" ? String(old) : { value: old });
    default:
      if (typeof old === "string") set(mutateText(random, old, anyText(random)));
      return;
  }
}

function slotsOf(root: object): Slot[] {
  const slots: Slot[] = [];
  const walk = (parent: object, depth: number) => {
    for (const key of Object.keys(parent).slice(0, 50)) {
      slots.push({ parent, key });
      const child: unknown = Reflect.get(parent, key);
      if (isObject(child) && depth < 20) walk(child, depth + 1);
    }
  };
  walk(root, 0);
  return slots;
}

function nest(random: Random, depth: number): unknown {
  const asArray = random.chance(0.5);
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = asArray ? [value] : { a: value };
  return value;
}

/** Also `__proto__`, which an assignment would not make a key of its own. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
