import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";
import { describeError } from "../lib/logger.ts";
import { answerRefusal } from "./answers.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import type { Status } from "./status-endpoints.ts";
import { answerHealth, answerMetrics, answerReadiness } from "./status-endpoints.ts";
import { answerTrpc, trpcPath } from "./trpc-endpoint.ts";
import type { RequestListener } from "./web-app.ts";

const urlMaxLength = 12 * 1024;

type Route = "trpc" | "api" | "status" | "web";

export function createRequestHandler(
  app: App,
  webApp: RequestListener,
  status: Status,
  isStopping: () => boolean,
): RequestListener {
  async function answer(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    if (path.startsWith(trpcPath)) return answerTrpc(app, req, res, path.slice(trpcPath.length));
    if (path === "/healthz") return answerHealth(res, status);
    if (path === "/readyz") return answerReadiness(app, res, isStopping());
    if (path === "/metrics") return answerMetrics(app, req, res);
    if (path === "/api/ws") return answerRefusal(res, 426, "Connect here with a WebSocket.");
    if (isApi(path)) return answerRefusal(res, 404, "There is no such address.");
    return webApp(req, res);
  }

  return (req, res) => {
    const url = req.url ?? "/";
    const [path = "/"] = url.split("?", 1);
    const startedMs = performance.now();
    setSecurityHeaders(req, res, app.cookie.secure);
    if (isStopping()) res.setHeader("Connection", "close");
    res.once("close", () => {
      const route = routeOf(path);
      app.metrics.httpRequests.inc({ route, status: `${Math.floor(res.statusCode / 100)}xx` });
      const durationMs = Math.round(performance.now() - startedMs);
      const procedures = route === "trpc" ? { procedures: path.slice(trpcPath.length, 200) } : {};
      app.logger.debug({ route, ...procedures, status: res.statusCode, durationMs }, "request");
    });
    if (url.length > urlMaxLength) {
      answerRefusal(res, 414, "The address is too long.");
      return;
    }
    answer(req, res, path).catch((error: unknown) => {
      app.logger.error({ route: routeOf(path), error: describeError(error) }, "request failed");
      if (res.headersSent) res.destroy();
      else answerRefusal(res, 500, "Something went wrong on the server.");
    });
  };
}

function isApi(path: string): boolean {
  return path === "/api" || path.startsWith("/api/");
}

function routeOf(path: string): Route {
  if (path.startsWith(trpcPath)) return "trpc";
  if (isApi(path)) return "api";
  return ["/healthz", "/readyz", "/metrics"].includes(path) ? "status" : "web";
}
