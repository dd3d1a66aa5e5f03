import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { answerText } from "./answers.ts";

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * The built web app. What is in /assets has its hash in its name and never changes; all else is asked for anew each
 * time. A path without a file ending is a place in the app, so it gets the app.
 */
export function serveWebApp(webRoot: string): RequestListener {
  if (!existsSync(join(webRoot, "index.html"))) {
    return (_req, res) =>
      answerText(res, 503, "The web app is not built. Run `pnpm start`, which builds it, or `pnpm dev`.");
  }
  const serve = sirv(webRoot, {
    brotli: true,
    gzip: true,
    etag: true,
    single: true,
    setHeaders(res, pathname) {
      const hashed = pathname.startsWith("/assets/");
      res.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.setHeader("Allow", "GET, HEAD");
      answerText(res, 405, "This address can only be read.");
      return;
    }
    serve(req, res, () => answerText(res, 404, "There is nothing here."));
  };
}
