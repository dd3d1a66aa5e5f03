// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { wakeMessenger } from "../src/lib/wake-messenger.ts";

test("the messenger is woken when the network is back and when the page is looked at, not when it is left", () => {
  const wake = vi.fn<() => void>();
  wakeMessenger({ wake });
  dispatchEvent(new Event("offline"));
  expect(wake).not.toHaveBeenCalled();
  dispatchEvent(new Event("online"));
  expect(wake).toHaveBeenCalledTimes(1);
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(wake).toHaveBeenCalledTimes(1);
  visibility.mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(wake).toHaveBeenCalledTimes(2);
});
