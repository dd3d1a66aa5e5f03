import { expect, test } from "vitest";
import { findHue, findInitials } from "../src/components/avatar-look.ts";
import { toPreview } from "../src/features/conversations/preview.ts";
import { findPasswordHint } from "../src/features/session/password-hints.ts";
import { findFieldOfError } from "../src/features/session/sign-up-errors.ts";
import { i18n } from "../src/lib/language.ts";
import type { Translate } from "../src/lib/i18n.ts";
import { findMissingRequirement } from "../src/lib/requirements.ts";

const t = i18n.t.bind(i18n) as Translate;

test("initials come from the parts of a name", () => {
  expect(findInitials("ada")).toBe("A");
  expect(findInitials("ada.lovelace")).toBe("AL");
  expect(findInitials("x_y-z")).toBe("XZ");
  expect(findInitials("...")).toBe("?");
});

test("another key gives another colour, the same key always the same", () => {
  const hue = findHue("kF3zZp0N1X9a");
  expect(hue).toBe(findHue("kF3zZp0N1X9a"));
  expect(hue % 15).toBe(0);
  const hues = Array.from({ length: 200 }, (_, index) => findHue(`${index}kF3zZp0N`));
  expect(new Set(hues).size).toBeGreaterThan(20);
});

test("a preview is one line, and says what could not be read", () => {
  const message = {
    id: "1",
    conversationId: "c",
    senderId: "a",
    text: "one\n\n two",
    createdAt: "2026-03-18T12:00:00.000000Z",
    state: "read",
  } as const;
  expect(toPreview(t, message)).toBe("one two");
  expect(toPreview(t, { ...message, text: "x".repeat(500) })).toHaveLength(160);
  expect(toPreview(t, { ...message, text: "", problem: "unreadable" })).toMatch(/could not be opened/);
  expect(toPreview(t, null)).toBe("No messages yet");
});

test("the hint counts down, then warns, then encourages", () => {
  expect(findPasswordHint(t, "", "ada")).toMatch(/words/);
  expect(findPasswordHint(t, "abc", "ada")).toBe("5 more characters.");
  expect(findPasswordHint(t, "abcdefg", "ada")).toBe("One more character.");
  expect(findPasswordHint(t, "my Ada 1815 engine", "ada")).toMatch(/username/);
  expect(findPasswordHint(t, "aaaabbbb", "ada")).toMatch(/different/);
  expect(findPasswordHint(t, "quiet-ink", "ada")).toMatch(/Longer/);
  expect(findPasswordHint(t, "four quiet letters home", "ada")).toMatch(/never sees/);
});

test("a refused sign-up points at its field", () => {
  expect(findFieldOfError("username-taken")).toBe("username");
  expect(findFieldOfError("weak-password")).toBe("password");
  expect(findFieldOfError("invite-code-wrong")).toBe("inviteCode");
  expect(findFieldOfError("offline")).toBe("form");
  expect(findFieldOfError(null)).toBe("form");
});

test("what is missing in a browser is told apart", () => {
  const whole = {
    isSecureContext: true,
    crypto: { subtle: {} },
    navigator: { locks: {} },
    indexedDB: {},
    BroadcastChannel: {},
    Worker: {},
  };
  expect(findMissingRequirement(whole)).toBe(null);
  expect(findMissingRequirement({ ...whole, isSecureContext: false })).toBe("secure-context");
  expect(findMissingRequirement({ ...whole, crypto: {} })).toBe("secure-context");
  expect(findMissingRequirement({ ...whole, navigator: {} })).toBe("browser");
  expect(findMissingRequirement({ ...whole, indexedDB: undefined })).toBe("browser");
});
