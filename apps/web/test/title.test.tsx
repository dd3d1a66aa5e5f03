// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Sheet } from "../src/components/sheet.tsx";
import { useUnreadTitle } from "../src/lib/title.ts";
import { show } from "./support/render.tsx";

function Unread() {
  useUnreadTitle(3);
  return <Sheet title="Settings">…</Sheet>;
}

test("the tab names the screen, with what is unread before it, and the app alone where there is none", async () => {
  const first = await show(<Sheet title="Sign in">…</Sheet>, {});
  expect(document.title).toBe("Sign in · Sotto");
  first.unmount();
  expect(document.title).toBe("Sotto");
  const second = await show(<Unread />, {});
  expect(document.title).toBe("(3) Settings · Sotto");
  second.unmount();
  expect(document.title).toBe("Sotto");
});
