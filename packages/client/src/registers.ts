/**
 * What a person set, one value under each name, for all their devices: pure functions over what the account data
 * carries. The later word wins by the clocks of the devices, which are the person's own; where two have the same time,
 * every device chooses the same one.
 */

/** `at` in ms. `local`: too long for the account data; other devices see that there is something newer, but not it. */
export type Register = { value: boolean | string; at: number; local?: true };
export type Registers = Record<string, Register>;

/** The same object comes back where nothing is new. */
export function withRegister(
  registers: Registers,
  name: string,
  value: Register["value"],
  nowMs: number,
  isLocal = false,
): Registers {
  const known = registers[name];
  const initial = typeof value === "boolean" ? false : "";
  if ((known?.value ?? initial) === value) return registers;
  const at = Math.max(nowMs, (known?.at ?? 0) + 1);
  return { ...registers, [name]: { value, at, ...(isLocal ? { local: true } : {}) } };
}

export function mergeRegisters(base: Registers, other: Registers): Registers {
  const merged: Registers = { ...base };
  for (const [name, register] of Object.entries(other)) {
    const known = merged[name];
    if (known === undefined || isLater(register, known)) merged[name] = register;
  }
  return merged;
}

/** As they leave this device. */
export function sharedRegisters(registers: Registers): Registers {
  return Object.fromEntries(
    Object.entries(registers).map(([name, register]) => [
      name,
      register.local === true ? { value: "", at: register.at } : register,
    ]),
  );
}

/** At the same time the longer text is later, so that a text kept here stands over the gap that stands for it. */
function isLater(a: Register, b: Register): boolean {
  if (a.at !== b.at) return a.at > b.at;
  const [first, second] = [String(a.value), String(b.value)];
  return first.length === second.length ? first > second : first.length > second.length;
}
