/** A catalogue as the build compiles it, see build/catalogues.ts. */
declare module "*?compiled" {
  import type { Messages } from "@lingui/core";

  export const messages: Messages;
}
