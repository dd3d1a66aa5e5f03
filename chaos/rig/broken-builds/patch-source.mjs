/**
 * Makes a broken build of the server without touching a file: a loader that replaces a passage of one source on its
 * way into the process. Loaded before tsx, so that it sees the source as it was written. A passage that is not there
 * any more ends the process: a sabotage that does nothing would prove nothing.
 */
import { register } from "node:module";

/** @param {{ file: string, passage: string, instead: string }[]} patches */
export function patchSource(patches) {
  register("./patch-loader.mjs", { parentURL: import.meta.url, data: patches });
}
