// @vitest-environment jsdom
import { act, screen, waitFor } from "@testing-library/react";
import { encodeQR } from "qr";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ScanDialog } from "../src/features/trust/scan-dialog.tsx";
import { loadLaterWords } from "../src/lib/language.ts";
import { show } from "./support/render.tsx";

const number = "1".repeat(60);
const other = "2".repeat(60);

type Track = { kind: string; stop(): void; getSettings(): object } & EventTarget;

let tracks: Track[] = [];
let running = 0;
/** What the camera has in front of it. */
let view: string | null = null;

/** A camera that can be switched on; jsdom has none, and no canvas either. */
function plugIn(open: () => Promise<object>): void {
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: open } });
}

async function openCamera() {
  const track = Object.assign(new EventTarget(), {
    kind: "video",
    stop: () => void (running -= 1),
    getSettings: () => ({ facingMode: "environment" }),
  });
  running += 1;
  tracks.push(track);
  return { getTracks: () => [track] };
}

function refuseWith(name: string) {
  return async () => {
    throw new DOMException("No.", name);
  };
}

function drawView(): { data: Uint8ClampedArray; width: number; height: number } {
  const rows = view === null ? [] : encodeQR(view, "raw", { border: 3, scale: 6 });
  const side = rows.length || 200;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  rows.flat().forEach((dark, at) => dark && data.fill(0, at * 4, at * 4 + 3));
  return { data, width: side, height: side };
}

beforeAll(loadLaterWords);

beforeEach(() => {
  tracks = [];
  running = 0;
  view = null;
  plugIn(openCamera);
  const video = HTMLVideoElement.prototype;
  vi.spyOn(video, "play").mockResolvedValue();
  vi.spyOn(video, "videoWidth", "get").mockReturnValue(1_280);
  vi.spyOn(video, "videoHeight", "get").mockReturnValue(720);
  const context = { drawImage() {}, getImageData: drawView };
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context as never);
});

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, "mediaDevices");
});

async function open(replaced: string | null = null) {
  const onClose = vi.fn<() => void>();
  const shown = await show(
    <ScanDialog number={number} name="mira" verified={false} replaced={replaced} onClose={onClose}>
      <button type="button">Decide</button>
    </ScanDialog>,
    {},
  );
  return { ...shown, onClose };
}

test("the right code switches the camera off, and offers what comes next", async () => {
  view = number;
  await open();
  await screen.findByText(/^The same number\./);
  expect(screen.getByRole("button", { name: "Decide" })).toBeTruthy();
  expect(tracks).toHaveLength(1);
  expect(running).toBe(0);
});

test("another number offers nothing but to scan again", async () => {
  view = other;
  const { user } = await open();
  await screen.findByText(/^Not the same number\./);
  expect(screen.queryByRole("button", { name: "Decide" })).toBeNull();
  expect(running).toBe(0);
  view = number;
  await user.click(screen.getByRole("button", { name: "Scan again" }));
  await screen.findByText(/^The same number\./);
});

test("after the code of something else it looks on, until the right one comes", async () => {
  view = "https://example.org/";
  await open();
  await screen.findByText(/is not a safety number/);
  expect(running).toBe(1);
  view = number;
  await screen.findByText(/^The same number\./);
});

test.each([
  ["NotAllowedError", /not allowed for this page/],
  ["NotFoundError", /No camera was found/],
  ["NotReadableError", /something else is using it/],
  ["NotSupportedError", /has stopped, or did not start/],
])("a camera that is refused with %s says what helps, and can be tried again", async (name, sentence) => {
  plugIn(refuseWith(name));
  const { user } = await open();
  await screen.findByText(sentence);
  plugIn(openCamera);
  view = number;
  await user.click(screen.getByRole("button", { name: "Scan again" }));
  await screen.findByText(/^The same number\./);
});

test("a page that gets no camera says so", async () => {
  Reflect.deleteProperty(navigator, "mediaDevices");
  await open();
  await screen.findByText(/gives the page no camera/);
});

test("the camera goes off with the dialog", async () => {
  const { unmount } = await open();
  await screen.findByText(/^Bring the code that mira sees/);
  await waitFor(() => expect(running).toBe(1));
  unmount();
  expect(running).toBe(0);
});

test("a camera that opens only after the dialog was closed goes off at once", async () => {
  let allow: () => void = () => {};
  plugIn(async () => {
    await new Promise<void>((resolve) => (allow = resolve));
    return openCamera();
  });
  const { unmount } = await open();
  unmount();
  allow();
  await waitFor(() => expect(tracks).toHaveLength(1));
  await waitFor(() => expect(running).toBe(0));
});

test("the camera goes off when the page is hidden, and comes back only when told to", async () => {
  const { user } = await open();
  await waitFor(() => expect(running).toBe(1));
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  await screen.findByText(/went off because you left this page/);
  expect(running).toBe(0);
  await user.click(screen.getByRole("button", { name: "Scan again" }));
  await waitFor(() => expect(running).toBe(1));
});

test("a camera that is taken away while it runs is noticed", async () => {
  await open();
  await screen.findByText(/^Bring the code/);
  await waitFor(() => expect(tracks[0]).toBeTruthy());
  await waitFor(() => expect(document.querySelector("video")?.srcObject).toBeTruthy());
  act(() => void tracks[0]?.dispatchEvent(new Event("ended")));
  await screen.findByText(/has stopped, or did not start/);
});

test("while the number is out of date nothing is scanned", async () => {
  view = number;
  await open("The key has changed.");
  await screen.findByText("The key has changed.");
  expect(tracks).toEqual([]);
  expect(screen.queryByText(/^The same number\./)).toBeNull();
});
