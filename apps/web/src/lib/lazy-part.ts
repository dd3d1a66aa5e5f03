import { lazy } from "react";
import type { ComponentType, LazyExoticComponent } from "react";

/** A part of the app that did not arrive: no network, or a server that has a newer version. */
class PartError extends Error {
  override readonly name = "PartError";
  readonly code = "load-failed";
}

/** A part that is loaded when it is first shown. One that can't be had fails with a code that there are words for. */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new PartError("A part of the app could not be loaded.", { cause });
    }
  });
}
