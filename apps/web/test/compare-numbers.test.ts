import { expect, test } from "vitest";
import { compareNumbers, toGroups } from "../src/features/trust/compare-numbers.ts";

const number = Array.from({ length: 12 }, (_, index) => String(10_234 + index * 7_001)).join("");

test("a pasted safety number is compared without its spaces and breaks", () => {
  expect(number).toHaveLength(60);
  expect(compareNumbers(number, toGroups(number).join(" "))).toBe("same");
  expect(compareNumbers(number, `\n ${number.slice(0, 30)}\n${number.slice(30)}\t`)).toBe("same");
});

test("one other digit is noticed, as soon as it is typed", () => {
  const wrong = `${number.slice(0, 59)}${(Number(number.at(59)) + 1) % 10}`;
  expect(compareNumbers(number, wrong)).toBe("different");
  expect(compareNumbers(number, number.slice(0, 17))).toBe("incomplete");
  expect(compareNumbers(number, `${number.slice(0, 17)}x`)).toBe("incomplete");
  expect(compareNumbers(number, `9${number.slice(1, 17)}`)).toBe("different");
  expect(compareNumbers(number, `${number}1`)).toBe("different");
});

test("what has no digits says nothing", () => {
  expect(compareNumbers(number, "  ")).toBe("empty");
});

test("digits of other scripts are digits", () => {
  const arabic = Array.from(number, (digit) => String.fromCodePoint(0x660 + Number(digit))).join("");
  expect(compareNumbers(number, arabic)).toBe("same");
});
