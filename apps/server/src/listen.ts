import type { Server } from "node:http";
import { StartError } from "./start-error.ts";

/**
 * Resolves to the port that is served.
 * @throws StartError `port-in-use`, `cannot-listen`
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        const message = `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another one.`;
        reject(new StartError("port-in-use", message));
        return;
      }
      const message = `The server can't listen on ${host}, port ${port} (${error.code}). Check HOST and PORT.`;
      reject(new StartError("cannot-listen", message));
    };
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

/** For a server that listens on all addresses, the one of this machine. */
export function addressUrl(host: string, port: number): string {
  const name = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
