import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeRegisters, type Registers, sharedRegisters, withRegister } from "../src/registers.ts";

const register = fc.record({
  value: fc.oneof(fc.boolean(), fc.constantFrom("", "a", "b", "longer")),
  at: fc.nat({ max: 3 }),
});
const registers: fc.Arbitrary<Registers> = fc.dictionary(fc.constantFrom("x", "y", "z"), register);

const sorted = (of: Registers) => Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));

describe("what a person set", () => {
  test("is the same on all devices, in whatever order they hear of it", () => {
    fc.assert(
      fc.property(registers, registers, registers, (a, b, c) => {
        const one = mergeRegisters(mergeRegisters(a, b), c);
        expect(sorted(mergeRegisters(c, mergeRegisters(b, a)))).toEqual(sorted(one));
        expect(mergeRegisters(one, b)).toEqual(one);
      }),
    );
  });

  test("is the last word, also where this device's clock stands still or goes back", () => {
    const first = withRegister({}, "x", "one", 100);
    const second = withRegister(first, "x", "two", 50);
    expect(mergeRegisters(second, first)["x"]?.value).toBe("two");
  });

  test("is nothing new where it is what it was", () => {
    const known = withRegister({}, "x", true, 1);
    expect(withRegister(known, "x", true, 2)).toBe(known);
    expect(withRegister({}, "x", "", 2)).toEqual({});
    expect(withRegister({}, "x", false, 2)).toEqual({});
  });

  test("stays here where it is too long to leave, and elsewhere replaces what is older", () => {
    const before = withRegister({}, "x", "old", 1);
    const here = withRegister(before, "x", "too long", 2, true);
    const elsewhere = mergeRegisters(before, sharedRegisters(here));
    expect(elsewhere["x"]).toEqual({ value: "", at: 2 });
    const back = mergeRegisters(elsewhere, here);
    expect(back["x"]?.value).toBe("too long");
    expect(sharedRegisters(back)).toEqual(elsewhere);
  });
});
