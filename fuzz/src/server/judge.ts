import { errorReasonSchema } from "@sotto/protocol";
import { appRouter } from "@sotto/server/router";
import type * as z from "zod/mini";
import { isOf, type JsonSchema, jsonSchemaOf } from "../inputs/json-schema.ts";

export type Procedure = {
  name: string;
  type: "query" | "mutation" | "subscription";
  json: JsonSchema | null;
};

/** All of the router: one that is added is covered without a line here. */
export const procedures: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; inputs: unknown[] } }
  >,
).map(([name, { _def }]) => {
  const [schema] = _def.inputs;
  return {
    name,
    type: _def.type,
    json: schema === undefined ? null : jsonSchemaOf(schema as z.core.$ZodType),
  };
});

/** Which need no session. Another one that answers without is a finding, until somebody adds it here. */
const open = new Set([
  "auth.options",
  "auth.registerStart",
  "auth.registerFinish",
  "auth.loginStart",
  "auth.loginFinish",
  "auth.recoverStart",
  "auth.recoverFinish",
  "auth.refresh",
  "auth.logout",
]);

/** Whether this call may have been answered with anything but a refusal. */
export function maySucceed(name: string, input: unknown, signedIn: boolean): boolean {
  const procedure = procedures.find((each) => each.name === name);
  if (!procedure || (!signedIn && !open.has(name))) return false;
  return procedure.json === null || isOf(procedure.json, input);
}

/** Null for an error in the form that docs/protocol.md gives it, else what is wrong with it. */
export function faultOfError(error: unknown): string | null {
  if (!isRecord(error) || !isRecord(error["data"])) return "an error without data";
  const { message, code } = error;
  const { reason, httpStatus } = error["data"];
  if (typeof message !== "string" || !/^[^\n]{5,300}\.$/.test(message))
    return `no sentence: ${String(message)}`;
  if (typeof code !== "number" || typeof error["data"]["code"] !== "string") return "an error without a code";
  if (!errorReasonSchema.safeParse(reason).success || reason === "internal")
    return `the reason ${String(reason)}`;
  return typeof httpStatus === "number" && httpStatus < 500 ? null : `the status ${String(httpStatus)}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
