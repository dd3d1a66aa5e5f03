import { encodeQR } from "qr";
import { expect, test } from "vitest";
import { compareScanned, toGroups } from "../src/features/trust/compare-numbers.ts";
import { readCode } from "../src/features/trust/read-code.ts";

const side = 480;
const number = Array.from({ length: 12 }, (_, index) => String(10_234 + index * 7_001)).join("");

type Shot = { turnDeg?: number; widthPx?: number; shade?: number; noise?: number };

/** What a camera makes of a code on a screen: turned, unevenly lit, grainy, on a grey table. */
function photograph(text: string, { turnDeg = 0, widthPx = 240, shade = 0, noise = 0 }: Shot = {}) {
  const rows = encodeQR(text, "raw", { border: 3, ecc: "medium" });
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  const [cos, sin] = [Math.cos((turnDeg / 180) * Math.PI), Math.sin((turnDeg / 180) * Math.PI)];
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [(at % side) - side / 2, Math.floor(at / side) - side / 2];
    const column = Math.floor(((cos * x + sin * y) / widthPx + 0.5) * rows.length);
    const row = Math.floor(((cos * y - sin * x) / widthPx + 0.5) * rows.length);
    const dark = rows[row]?.[column];
    const paint = dark === undefined ? 110 : dark ? 17 : 255;
    const grain = (((at * 7_919) % 101) / 101 - 0.5) * noise;
    data.fill(paint * (1 - (shade * (at % side)) / side) + grain, at * 4, at * 4 + 3);
  }
  return { data, width: side, height: side };
}

const shown = toGroups(number).join(" ");

test.each<[string, Shot]>([
  ["straight in front", {}],
  ["filling a third of the picture", { widthPx: side / 3 }],
  ["on its side", { turnDeg: 90 }],
  ["held at an angle", { turnDeg: 17 }],
  ["upside down, half in the shade, grainy", { turnDeg: 187, shade: 0.6, noise: 60 }],
])("a code is read as the app shows it: %s", (_, shot) => {
  expect(readCode(photograph(shown, shot))).toBe(shown);
});

test("a picture without a code says nothing", () => {
  const data = new Uint8ClampedArray(side * side * 4).fill(128);
  expect(readCode({ data, width: side, height: side })).toBeNull();
});

test("a scanned number is the same to the last digit, or different", () => {
  expect(compareScanned(number, shown)).toBe("same");
  const wrong = `${number.slice(0, 59)}${(Number(number.at(59)) + 1) % 10}`;
  expect(compareScanned(number, toGroups(wrong).join(" "))).toBe("different");
});

test("the code of something else is no safety number, whatever digits are in it", () => {
  for (const text of ["", "https://example.org/", number.slice(0, 59), `${number}1`, `tel:${number}`]) {
    expect(compareScanned(number, text)).toBe("foreign");
  }
});
