/**
 * What the benchmark sees with inside the page. `installProbe` is written out as text and runs before the app's own
 * scripts; it may use nothing from outside itself.
 */
import type { BrowserContext } from "playwright-core";

/** What a person waits for: a text in the open conversation, or messages found for what was typed. */
type Wanted = { log: string } | { found: string };

type Painted = {
  /** From the last key, click or submit to the frame that shows it. */
  sinceInputMs: number;
  /** From the begin of the navigation. */
  sinceNavigationMs: number;
  /** Since 1970, to be compared with other threads. */
  atMs: number;
};

type Probe = {
  /** Rejects where it is not there within a minute. */
  painted(wanted: Wanted): Promise<Painted>;
  /** Durations of the frames since the last call that took the page's thread over 50 ms. */
  takeLongFrames(): number[];
  /** Remembers where a row of the log stands, before the log is scrolled. */
  markRow(): void;
  /**
   * How far that row is from where a scroll by `movedPx` had to bring it, once the page has settled. Null where the
   * log was at its beginning and could not follow.
   */
  measureDrift(movedPx: number): Promise<number | null>;
  /** The messages in the log's part of the page, by their text. */
  listMessages(): string[];
};

declare global {
  // oxlint-disable-next-line no-var, vars-on-top -- how a global is declared
  var sottoProbe: Probe;
}

export async function addProbe(context: BrowserContext): Promise<void> {
  // The loader of this process names functions with a helper that pages do not have.
  await context.addInitScript("globalThis.__name = (value) => value");
  await context.addInitScript(installProbe);
}

function installProbe(): void {
  let inputAt = 0;
  let longFrames: number[] = [];
  let row: { element: Element; top: number } | null = null;

  for (const name of ["keydown", "click", "submit"]) {
    addEventListener(
      name,
      ({ timeStamp }) => {
        inputAt = timeStamp;
      },
      { capture: true },
    );
  }
  addEventListener(
    "beforeinput",
    ({ timeStamp }) => {
      // What came in without a key, all at once.
      if (timeStamp - inputAt > 50) inputAt = timeStamp;
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (duration > 50) longFrames.push(duration);
  }).observe({ type: "long-animation-frame" });

  const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  /** A task that is posted while a frame is made runs after it was painted. */
  const afterPaint = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => resolve());
      port1.start();
      port2.postMessage(null);
    });

  const isThere = (wanted: Wanted): boolean => {
    if ("log" in wanted) {
      return document.querySelector("[role=log]")?.textContent.includes(wanted.log) ?? false;
    }
    const begins = (mark: Element) => mark.textContent.toLowerCase().startsWith(wanted.found);
    const marks = [...document.querySelectorAll("[role=option] mark")];
    // Short words are not forgiven a slip: all that is marked begins as was typed. Of longer ones something does.
    return wanted.found.length < 4 ? marks.length > 0 && marks.every(begins) : marks.some(begins);
  };

  globalThis.sottoProbe = {
    async painted(wanted) {
      const fromMs = performance.now();
      do {
        await nextFrame();
        if (performance.now() - fromMs > 60_000) {
          const marks = Array.from(
            document.querySelectorAll("[role=option] mark"),
            (mark) => mark.textContent,
          );
          throw new Error(
            `Not painted within a minute: ${JSON.stringify(wanted)}; marked: ${JSON.stringify(marks)}`,
          );
        }
      } while (!isThere(wanted));
      await afterPaint();
      const now = performance.now();
      return { sinceInputMs: now - inputAt, sinceNavigationMs: now, atMs: performance.timeOrigin + now };
    },
    takeLongFrames() {
      const taken = longFrames;
      longFrames = [];
      return taken;
    },
    markRow() {
      const log = document.querySelector("[role=log]");
      const edge = log?.getBoundingClientRect().top ?? 0;
      const element = [...document.querySelectorAll("[role=log] [data-index]")].find(
        (each) => each.getBoundingClientRect().bottom > edge,
      );
      row = element === undefined ? null : { element, top: element.getBoundingClientRect().top };
    },
    async measureDrift(movedPx) {
      const log = document.querySelector("[role=log]");
      let drift = 0;
      // The compositor scrolls first, and the page hears of it some frames later.
      for (let frame = 0; frame < 12; frame += 1) {
        await nextFrame();
        if (row === null || log === null || !row.element.isConnected || log.scrollTop <= 0) return null;
        const moved = row.element.getBoundingClientRect().top - row.top;
        drift = Math.abs(moved - movedPx);
        if (frame > 1 && drift <= 1) return drift;
      }
      return drift;
    },
    listMessages: () =>
      Array.from(document.querySelectorAll("[role=log] article"), ({ textContent }) => textContent),
  };
}
