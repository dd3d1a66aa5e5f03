/*
 * Features know neither each other nor the app around them. Lint reads the imports of one file as they are written; this
 * test follows them to the files that they mean, types and imports at run time included.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

type Import = { from: string; to: string };

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** Relative imports of a file, each as the path under `src` that it leads to. */
function importsOf(file: string, source: string): Import[] {
  const pattern =
    /\bfrom\s*["'`]([^"'`]+)["'`]|\bimport\s*\(?\s*["'`]([^"'`]+)["'`]|\bnew URL\(\s*["'`]([^"'`]+)["'`]/g;
  return [...source.matchAll(pattern)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? "")
    .filter((target) => target.startsWith("."))
    .map((target) => ({ from: relative(src, file), to: relative(src, join(dirname(file), target)) }));
}

const partOf = (path: string) =>
  path
    .split(sep)
    .slice(0, path.startsWith("features") ? 2 : 1)
    .join("/");

/** Imports that lead out of a feature to anywhere but what is shared. */
function findForbidden(imports: Import[]): string[] {
  const shared = new Set(["components", "lib", "locales"]);
  return imports
    .filter(({ from, to }) => partOf(from) !== partOf(to) && !shared.has(partOf(to)))
    .map(({ from, to }) => `${from} imports ${to}`);
}

const files = listFiles(join(src, "features"));
const imports = files.flatMap((file) => importsOf(file, readFileSync(file, "utf8")));

test("no feature imports another one, nor the app around it", () => {
  expect(findForbidden(imports)).toEqual([]);
});

test("the walk sees every feature, imports at run time too, and each leads to a file", () => {
  const features = readdirSync(join(src, "features")).filter((name) =>
    statSync(join(src, "features", name)).isDirectory(),
  );
  expect([...new Set(imports.map(({ from }) => partOf(from)))].toSorted()).toEqual(
    features.map((name) => `features/${name}`).toSorted(),
  );
  expect(imports.map(({ to }) => to)).toContain(join("features", "chat", "emoji-popover.tsx"));
  const missing = imports.filter(({ to }) => !existsSync(join(src, to.replace(/\?.*$/, ""))));
  expect(missing).toEqual([]);
});

test.each([
  `import { a } from "../trust/b.ts";`,
  `export * from '../../features/trust/b.ts';`,
  `import type { A } from "../trust/b.ts";`,
  "const b = lazy(() => import(`../trust/b.tsx`));",
  `import "../../app/base.css";`,
])("it would see %s", (line) => {
  expect(findForbidden(importsOf(join(src, "features", "chat", "a.tsx"), line))).toHaveLength(1);
});
