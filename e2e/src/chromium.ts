import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Tells the test processes, which inherit the environment, where it is unpacked already. */
const sharedFolder = "SOTTO_TEST_CHROMIUM";

export const bringsChromium = process.platform === "linux" && process.arch === "x64";

export type Chromium = AsyncDisposable & { executablePath: string; env: Record<string, string> };

/** The Chromium of the npm package. Its fonts are its own, with `systemFonts` those of the system too. */
export async function findChromium(systemFonts: boolean): Promise<Chromium> {
  const shared = process.env[sharedFolder];
  const folder = shared ?? (await makeFolder());
  const executablePath = await unpack(folder);
  const settings = await writeFontSettings(folder, systemFonts);
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const env = { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: settings };
  return {
    executablePath,
    env: { ...Object.fromEntries(inherited), ...env },
    [Symbol.asyncDispose]: () =>
      rm(shared === undefined ? folder : settings, { recursive: true, force: true }),
  };
}

/** Unpacks it once for all tests. Returns what removes it again. For vitest's `globalSetup`. */
export async function setUpChromium(): Promise<() => Promise<void>> {
  if (!bringsChromium) return () => Promise.resolve();
  const folder = await makeFolder();
  await unpack(folder);
  process.env[sharedFolder] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

const makeFolder = () => mkdtemp(join(tmpdir(), "sotto-chromium-"));

/** What the package reads from the environment while it is imported, and writes into it. */
const readByPackage = ["TMPDIR", "AWS_LAMBDA_JS_RUNTIME", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"];

/**
 * The package unpacks into the system's temporary folder, unless it finds itself there, and brings the libraries that a
 * bare machine lacks only where it believes to run in a cloud function.
 */
async function unpack(folder: string): Promise<string> {
  const before = readByPackage.map((name) => [name, process.env[name]] as const);
  process.env["TMPDIR"] = folder;
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs22.x";
  const { default: sparticuz } = await import("@sparticuz/chromium");
  const path = await sparticuz.executablePath();
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return path;
}

const systemFontFolders = `<dir>/usr/share/fonts</dir><dir prefix="xdg">fonts</dir>`;

/** The package's own font settings name a fixed folder; without any font Chromium dies at the first input field. */
async function writeFontSettings(folder: string, systemFonts: boolean): Promise<string> {
  const settings = await mkdtemp(join(folder, "fontconfig-"));
  await writeFile(
    join(settings, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir>${systemFonts ? systemFontFolders : ""}<cachedir>${folder}/font-cache</cachedir></fontconfig>
`,
  );
  return settings;
}
