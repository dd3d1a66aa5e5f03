import { TRPCClientError } from "@trpc/client";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { PlainPath } from "@sotto/client";
import type { AppRouter } from "@sotto/server";
import type { MessengerPort } from "./messenger-port.ts";

/** Ends the chain of tRPC links in the worker, where the tokens are and stay. It refuses paths that carry secrets. */
export function workerLink(port: MessengerPort): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        port.call("request", op.path as PlainPath, op.input).then(
          (data) => {
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (error: unknown) => {
            observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error))));
          },
        );
      });
}
