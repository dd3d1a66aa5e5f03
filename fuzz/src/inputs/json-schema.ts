/**
 * Well-formed values for a schema, and a second judgement of whether a value is one. Both go by the JSON Schema that
 * zod writes, so that a procedure that is added is covered without a line here; only a new form of text needs a
 * sample.
 */
import type { Random } from "@sotto/chaos/random";
import * as z from "zod/mini";
import { textOf } from "./text.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

export function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" });
}

const hexDigits = "0123456789abcdef";
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function samples(random: Random, known: readonly string[]): string[] {
  const digits = (count: number) => textOf(random, hexDigits, count);
  const base64 = (bytes: number) => Buffer.from(textOf(random, letters, bytes)).toString("base64");
  return [
    ...known,
    [digits(8), digits(4), digits(4), digits(4), digits(12)].join("-"),
    `${random.integer(1, 1_000_000)}.${digits(16)}`,
    "0",
    "2026-01-02T03:04:05.123456Z",
    base64(random.integer(1, 90)),
    base64(32),
    textOf(random, letters, 43),
    textOf(random, letters, random.integer(3, 32)),
  ];
}

/**
 * `known` is text that is used where it fits.
 * @throws Error where no sample fits a pattern: add one above
 */
export function wellFormed(random: Random, schema: JsonSchema, known: readonly string[] = []): unknown {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return wellFormed(random, schemaAt(random.pick(choices)), known);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  switch (schema.type) {
    case "string": {
      const fitting = samples(random, known).filter((text) => isOf(schema, text));
      if (fitting.length === 0) throw new Error(`No sample of text fits ${JSON.stringify(schema)}.`);
      return random.pick(fitting);
    }
    case "integer":
    case "number":
      return random.integer(schema.minimum ?? 0, Math.min(schema.maximum ?? 1_000, 1_000));
    case "boolean":
      return random.chance(0.5);
    case "array": {
      const count = random.integer(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3));
      return Array.from({ length: count }, () => wellFormed(random, schemaAt(schema.items), known));
    }
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) === true || random.chance(0.5))
          .map(([name, property]) => [name, wellFormed(random, schemaAt(property), known)]),
      );
    default:
      return null;
  }
}

export function isOf(schema: JsonSchema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some((choice) => isOf(schemaAt(choice), value));
  if (schema.allOf && !schema.allOf.every((part) => isOf(schemaAt(part), value))) return false;
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.some((choice) => choice === value);
  switch (schema.type) {
    case "string":
      return typeof value === "string" && isText(schema, value);
    case "integer":
      return Number.isSafeInteger(value) && isInRange(schema, value);
    case "number":
      return Number.isFinite(value) && isInRange(schema, value);
    case "boolean":
      return typeof value === "boolean";
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value) && isList(schema, value);
    case "object":
      return isObject(schema, value);
    default:
      return isPatternOnly(schema, value);
  }
}

/** A part of an `allOf` leaves the type to the whole. */
function isPatternOnly(schema: JsonSchema, value: unknown): boolean {
  return typeof value !== "string" || isText(schema, value);
}

function isText({ minLength = 0, maxLength = Infinity, pattern }: JsonSchema, text: string): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, "u").test(text);
}

function isInRange({ minimum = -Infinity, maximum = Infinity }: JsonSchema, value: unknown): boolean {
  return typeof value === "number" && value >= minimum && value <= maximum;
}

function isList({ minItems = 0, maxItems = Infinity, items }: JsonSchema, list: unknown[]): boolean {
  if (list.length < minItems || list.length > maxItems) return false;
  return list.every((item) => isOf(schemaAt(items), item));
}

function isObject({ properties = {}, required = [] }: JsonSchema, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(properties).every(([name, property]) => {
    const field: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    return field === undefined ? !required.includes(name) : isOf(schemaAt(property), field);
  });
}

function schemaAt(part: unknown): JsonSchema {
  if (typeof part !== "object" || part === null)
    throw new Error("This form of JSON Schema is not read here.");
  return part as JsonSchema;
}
