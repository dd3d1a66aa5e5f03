/*
 * The end-to-end claim rests on the server being unable to seal or open. Its only door into this package is
 * inspect.ts; this test follows every import from there.
 */
import { expect, test } from "vitest";
import * as inspect from "../src/inspect.ts";

declare global {
  interface ImportMeta {
    glob(pattern: string, options: { query: "?raw"; import: "default"; eager: true }): Record<string, string>;
  }
}

const sources = import.meta.glob("../src/*.ts", { query: "?raw", import: "default", eager: true });

/** Everything a file imports or re-exports, types and dynamic imports included. */
function importsOf(file: string): string[] {
  const source = sources[file];
  if (source === undefined) throw new Error(`${file} does not exist`);
  const pattern =
    /\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']|\brequire\s*\(\s*["']([^"']+)["']/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** The files within reach of `entry`, and the packages that they import. */
function reach(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [`../src/${entry}`];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const target of importsOf(file)) {
      if (target.startsWith("./")) open.push(`../src/${target.slice(2)}`);
      else packages.add(target);
    }
  }
  return { files, packages };
}

test("nothing within reach of inspect.ts imports a package but hash functions, tweetnacl least of all", () => {
  expect([...reach("inspect.ts").packages]).toEqual(["@noble/hashes/sha2.js"]);
});

test("inspect.ts reaches these files and no others", () => {
  const names = [...reach("inspect.ts").files].map((file) => file.replace("../src/", "")).sort();
  expect(names).toEqual([
    "base64.ts",
    "bytes.ts",
    "envelope-head.ts",
    "errors.ts",
    "inspect.ts",
    "padding.ts",
    "public-key.ts",
  ]);
});

test("inspect.ts offers no function that seals or opens", () => {
  expect(Object.keys(inspect).filter((name) => /seal|open|secret|keyring|keyPair/i.test(name))).toEqual([]);
});

test("the walk does see tweetnacl where it is used", () => {
  const { files, packages } = reach("index.ts");
  expect([...packages].sort()).toEqual(["@noble/hashes/sha2.js", "tweetnacl"]);
  expect(files.size).toBe(Object.keys(sources).length - 1);
});
