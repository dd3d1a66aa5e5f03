import * as protocol from "@sotto/protocol";
import { refusalOf } from "@sotto/server/error-shape";
import { TRPCError } from "@trpc/server";
import type { Random } from "@sotto/chaos/random";
import * as z from "zod/mini";
import { isOf, type JsonSchema, jsonSchemaOf, wellFormed } from "../inputs/json-schema.ts";
import { anyValue, mutateValue } from "../inputs/value.ts";
import { describe, type Finding, type Target } from "../target.ts";

type Wire = { name: string; schema: z.core.$ZodType; json: JsonSchema };

/** Every schema that the protocol exports: what the server is asked, and what a client is answered. */
function listSchemas(): Wire[] {
  return Object.entries(protocol).flatMap(([name, value]) =>
    value instanceof z.core.$ZodType ? [{ name, schema: value, json: jsonSchemaOf(value) }] : [],
  );
}

/** What comes over the wire is taken only where a second reading of the schema takes it, and refused in a sentence. */
export function schemasTarget(): Target {
  const wires = listSchemas();
  return {
    name: "schemas",
    share: 6_000,
    attempt(random) {
      const { name, schema, json } = random.pick(wires);
      const value = makeValue(random, json);
      const judgement = judge(schema, json, value);
      return judgement && { ...judgement, input: `${name} ${JSON.stringify(value)}` };
    },
  };
}

function makeValue(random: Random, json: JsonSchema): unknown {
  if (random.chance(0.1)) return anyValue(random);
  const value = wellFormed(random, json);
  const mutant = random.chance(0.1) ? value : mutateValue(random, value);
  // As it comes over the wire: without what JSON can't say.
  return mutant === undefined ? null : JSON.parse(JSON.stringify(mutant));
}

function judge(schema: z.core.$ZodType, json: JsonSchema, value: unknown): Omit<Finding, "input"> | null {
  const sound = isOf(json, value);
  try {
    const parsed = z.safeParse(schema, value);
    if (parsed.success !== sound) return { fault: sound ? "refused" : "accepted", what: "a value" };
    if (parsed.success) return null;
    const error = new TRPCError({ code: "BAD_REQUEST", cause: parsed.error });
    const { message, reason } = refusalOf(error);
    const isSentence = /^\S[^\n]{5,300}[.]$/.test(message) && reason !== "internal";
    return isSentence ? null : { fault: "untyped", what: `no sentence: ${message}` };
  } catch (error) {
    return { fault: "untyped", what: describe(error) };
  }
}
