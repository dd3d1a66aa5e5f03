import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { bringsChromium, findChromium } from "./chromium.ts";

const commonArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type TestBrowser = AsyncDisposable & {
  /** A context is a browser of its own to the page: storage, cookies and tabs. */
  newContext(options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
};

/**
 * Headless Chromium: on Linux x64 the one from npm, elsewhere an installed Chrome. Its fonts are its own, so that it
 * does the same everywhere; `systemFonts` are for pictures, which want emoji and a monospaced face if there are any.
 */
export async function launchBrowser(
  moreArgs: string[] = [],
  { systemFonts = false }: { systemFonts?: boolean } = {},
): Promise<TestBrowser> {
  const args = [...commonArgs, ...moreArgs];
  if (!bringsChromium) {
    const browser = await chromium.launch({ channel: "chrome", args }).catch((error: unknown) => {
      throw new Error(
        "The browser tests need Google Chrome on this system: install it, then run them again.",
        {
          cause: error,
        },
      );
    });
    return {
      newContext: (options) => browser.newContext(options),
      [Symbol.asyncDispose]: () => browser.close(),
    };
  }
  const { executablePath, env, [Symbol.asyncDispose]: dispose } = await findChromium(systemFonts);
  const browser = await chromium.launch({ executablePath, args, env });
  return {
    newContext: (options) => browser.newContext(options),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await dispose();
    },
  };
}

/** What a person would never see in a page that works: errors, refused resources, policy violations. */
export function watchForTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()}`);
  });
  return trouble;
}
