import { messages as first } from "./en-first.ts";
import { messages as later } from "./en-later.ts";

/** Every key that there is. */
export const messages = { ...first, ...later };
