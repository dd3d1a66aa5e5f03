import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { answerText } from "./answers.ts";

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void;

type Asset = { type: string; etag: string; forms: Map<Encoding, Buffer> };
type Encoding = "br" | "gzip" | "identity";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".woff2": "font/woff2",
};
const compressed: Record<string, Encoding> = { ".br": "br", ".gz": "gzip" };

/**
 * The built web app, read into memory once: some three megabytes, and a build that runs beside the server neither
 * mixes two versions nor takes a file away under a response. What is in /assets has its hash in its name and never
 * changes; all else is asked for anew each time. A path without a file ending is a place in the app, so it gets the app.
 */
export function serveWebApp(webRoot: string): RequestListener {
  if (!existsSync(join(webRoot, "index.html"))) {
    return (_req, res) =>
      answerText(res, 503, "The web app is not built. Run `pnpm start`, which builds it, or `pnpm dev`.");
  }
  const assets = readAssets(webRoot);
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.setHeader("Allow", "GET, HEAD");
      answerText(res, 405, "This address can only be read.");
      return;
    }
    const [path = "/"] = (req.url ?? "/").split("?", 1);
    const asset = assets.get(path) ?? (extname(path) === "" ? assets.get("/index.html") : undefined);
    if (asset === undefined) answerText(res, 404, "There is nothing here.");
    else answerAsset(req, res, asset, path.startsWith("/assets/"));
  };
}

function answerAsset(req: IncomingMessage, res: ServerResponse, asset: Asset, immutable: boolean): void {
  const encoding = chooseEncoding(asset, req.headers["accept-encoding"] ?? "");
  res.setHeader("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
  res.setHeader("Vary", "Accept-Encoding");
  res.setHeader("ETag", asset.etag);
  if (req.headers["if-none-match"]?.includes(asset.etag) === true) {
    res.statusCode = 304;
    res.end();
    return;
  }
  const body = asset.forms.get(encoding);
  res.setHeader("Content-Type", asset.type);
  res.setHeader("Content-Length", body?.length ?? 0);
  if (encoding !== "identity") res.setHeader("Content-Encoding", encoding);
  res.end(req.method === "HEAD" ? undefined : body);
}

function chooseEncoding({ forms }: Asset, accepted: string): Encoding {
  const names = accepted.split(",").filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part));
  const accepts = (name: string) => names.some((part) => part.split(";", 1)[0]?.trim() === name);
  const preferred: Encoding[] = ["br", "gzip"];
  return preferred.find((encoding) => forms.has(encoding) && accepts(encoding)) ?? "identity";
}

/** By path as it is asked for; a file's compressed neighbours are other forms of the same asset. */
function readAssets(webRoot: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  const entries = readdirSync(webRoot, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = entries.map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.filter((name) => !(extname(name) in compressed))) {
    const body = readFileSync(file);
    const forms = new Map<Encoding, Buffer>([["identity", body]]);
    for (const [ending, encoding] of Object.entries(compressed)) {
      if (files.includes(file + ending)) forms.set(encoding, readFileSync(file + ending));
    }
    const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const type = types[extname(file)] ?? "application/octet-stream";
    assets.set(`/${relative(webRoot, file).split(sep).join("/")}`, { type, etag, forms });
  }
  return assets;
}
