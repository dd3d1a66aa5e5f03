import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createNeedle, findInFile, findNeedles } from "../src/plaintext.ts";

const secret = "mk0123456789abcdef";
const needles = [createNeedle("message text", secret)];

for (const [form, write] of Object.entries({
  "as it is": (text: string) => Buffer.from(text),
  "in UTF-16": (text: string) => Buffer.from(text, "utf16le"),
  "in hex": (text: string) => Buffer.from(Buffer.from(text).toString("hex")),
  "in base64": (text: string) => Buffer.from(Buffer.from(text).toString("base64")),
})) {
  test(`a text is found ${form}, wherever it begins`, () => {
    for (const before of ["", "a", "ab", "abc"]) {
      expect(findNeedles(write(`${before}${secret} and more`), needles)).toEqual(["message text"]);
    }
    expect(findNeedles(write("something else altogether"), needles)).toEqual([]);
  });
}

test("a text across two chunks of a file is found", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sotto-plaintext-"));
  const path = join(folder, "file");
  await writeFile(path, Buffer.concat([Buffer.alloc(1024 * 1024 - 5), Buffer.from(secret)]));
  expect(await findInFile(path, needles)).toEqual(["message text"]);
  await writeFile(path, Buffer.alloc(1024 * 1024 + 5));
  expect(await findInFile(path, needles)).toEqual([]);
  await rm(folder, { recursive: true });
});
