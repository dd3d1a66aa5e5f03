/** `docs/performance-web.md`. */
import { writeFile } from "node:fs/promises";
import { formatWhere, type Origin } from "../origin.ts";
import { table } from "../report/table.ts";
import { listRows, type Measured } from "./figures.ts";
import type { Size } from "./seed-history.ts";

const file = new URL("../../../docs/performance-web.md", import.meta.url);

type Recorded = { origin: Origin; rounds: number; size: Size; measured: Measured };

export async function writePage(recorded: Recorded): Promise<void> {
  await writeFile(file, makePage(recorded));
}

export function makePage({ origin, rounds, size, measured }: Recorded): string {
  const count = (value: number) => value.toLocaleString("en");
  const rows = listRows(measured).map(({ figure, reach, measured: value, reached }) => [
    figure,
    reach,
    value ?? "not measured yet",
    reached === null ? "" : reached ? "reached" : "**not reached**",
  ]);
  return `# Performance of the web app

\`pnpm bench:web --record\` makes this page. It builds the app, starts a server on PostgreSQL, writes
${count(size.messages)} genuine messages in ${count(size.conversations)} conversations, the longest of ${count(size.longest)}, and looks at the app in a headless
Chromium as a person would: from the key or the click to the frame that shows what they wait for.

${formatWhere(origin)}, ${rounds} rounds. The figures are medians of the rounds, with the fastest and the slowest
sample in brackets. Server, database, driver and browser share the ${origin.machine.cores} processors, and nothing is drawn by a GPU.

${table(["figure", "reach", "measured", ""], rows)}

- **Warm start**: the whole history is on the device; an address of a conversation is opened in a new tab, the first one.
- **Empty browser**: a log shows nothing before it has a whole page of sixty messages, so the newest fifty are there
  when the first is.
- **Opening** is measured from the click to the newest messages, **searching** from each of the first three letters of a
  word, and from all of a word at once, to messages that have it. The index is whole.
- **Scrolling**: the wheel, 240 px at a time, through the longest conversation. Frames are those that the browser calls
  long animation frames; drift is how far a row in sight ends up from where the wheel had to bring it, at worst.
- **Arrival** is measured from the frame of the WebSocket, as the worker is given it.
- **First load** is what page and worker need until one can sign in.
- **Memory** is both heaps after a garbage collection; the trend is a line through the second half of the time. What is
  kept of a message for good are its words in the search index.
`;
}
