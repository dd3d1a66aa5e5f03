import type { Story } from "./story.ts";
import type { Report } from "./violation.ts";

/**
 * A signed-in device empties its store once for each time that it was asked to leave, and never otherwise. When
 * somebody signs in the store is emptied too, but nobody is signed in then. A call to leave may take effect late, or
 * not at all, if the server was not there to hear it.
 */
export function checkSessions(story: Story, report: Report): void {
  for (const { device, generations } of story.devices) {
    let signedIn = false;
    let asked = 0;
    for (const line of generations.flatMap(({ lives }) => lives.flat())) {
      if (line.kind === "leaving") asked += 1;
      if (line.kind === "signed-in") signedIn = true;
      if (line.kind !== "erased" || !signedIn) continue;
      signedIn = false;
      if (asked === 0) report("signed-out-unasked", `${device} at ${new Date(line.atMs).toISOString()}`);
      else asked -= 1;
    }
  }
}
