import type { Stage } from "../stage.ts";

export type FirstLoad = { gzipBytes: number; brotliBytes: number };

/** The scripts of page and worker until one can sign in, as the server sends them. */
export async function measureFirstLoad({ url, openBrowser }: Stage): Promise<FirstLoad> {
  // The service worker stores the rest of the app afterwards.
  const context = await openBrowser({ serviceWorkers: "block" });
  const scripts = new Set<string>();
  context.on("request", (request) => {
    if (request.resourceType() === "script" || request.url().endsWith(".js")) scripts.add(request.url());
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await context.close();
  const size = async (encoding: string) => {
    const sizes = await Promise.all([...scripts].map((script) => sizeOf(script, encoding)));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  };
  return { gzipBytes: await size("gzip"), brotliBytes: await size("br") };
}

async function sizeOf(url: string, encoding: string): Promise<number> {
  const response = await fetch(url, { method: "HEAD", headers: { "accept-encoding": encoding } });
  const length = Number(response.headers.get("content-length"));
  if (!response.ok || !(length > 0)) throw new Error(`${url} was not given with its length.`);
  return length;
}
