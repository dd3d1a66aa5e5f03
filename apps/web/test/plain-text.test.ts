import { expect, test } from "vitest";
import { toPlainText } from "../src/lib/plain-text.ts";

test.each([
  ["one\n\n two", "one two"],
  ["**bold** and *italic* and _this_ and ~~gone~~", "bold and italic and this and gone"],
  ["`code` and ```\nblock\n```", "code and block"],
  ["> said\n- one\n2. two", "said one two"],
  ["[here](https://example.org/a) it is", "here it is"],
  ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
  ["[no link](javascript:x)", "[no link](javascript:x)"],
])("%j in a list is %j", (text, line) => {
  expect(toPlainText(text)).toBe(line);
});

test("a line is cut, however long the text", () => {
  expect(toPlainText("x".repeat(500))).toHaveLength(160);
  const start = performance.now();
  expect(toPlainText("*a ".repeat(30_000)).length).toBeLessThanOrEqual(160);
  expect(performance.now() - start).toBeLessThan(200);
});
