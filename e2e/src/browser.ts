import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

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
  if (process.platform !== "linux" || process.arch !== "x64") {
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
  const folder = await mkdtemp(join(tmpdir(), "sotto-chromium-"));
  const executablePath = await unpackChromium(folder);
  const browser = await chromium.launch({
    executablePath,
    args,
    env: await fontEnvironment(folder, systemFonts),
  });
  return {
    newContext: (options) => browser.newContext(options),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The package unpacks into the system's temporary folder, and brings the libraries that a bare machine lacks only
 * where it believes to run in a cloud function. Both are read from the environment while it is imported.
 */
async function unpackChromium(folder: string): Promise<string> {
  const before = { TMPDIR: process.env["TMPDIR"], runtime: process.env["AWS_LAMBDA_JS_RUNTIME"] };
  process.env["TMPDIR"] = folder;
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs22.x";
  const { default: sparticuz } = await import("@sparticuz/chromium");
  const path = await sparticuz.executablePath();
  restore("TMPDIR", before.TMPDIR);
  restore("AWS_LAMBDA_JS_RUNTIME", before.runtime);
  return path;
}

const systemFontFolders = `<dir>/usr/share/fonts</dir><dir prefix="xdg">fonts</dir>`;

/** The package's own font settings name a fixed folder; without any font Chromium dies at the first input field. */
async function fontEnvironment(folder: string, systemFonts: boolean): Promise<Record<string, string>> {
  const settings = join(folder, "fontconfig");
  await mkdir(settings);
  await writeFile(
    join(settings, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir>${systemFonts ? systemFontFolders : ""}<cachedir>${folder}/font-cache</cachedir></fontconfig>
`,
  );
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), FONTCONFIG_PATH: settings };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
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
