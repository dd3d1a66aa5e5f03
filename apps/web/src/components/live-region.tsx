import type { Spoken } from "../lib/use-spoken.ts";

/** Read out by assistive technology as it comes, line by line: with a new one the earlier ones are not said again. */
export function LiveRegion({ lines }: { lines: readonly Spoken[] }) {
  return (
    <output className="visually-hidden" aria-atomic="false">
      {lines.map(({ key, text }) => (
        <span key={key}>{text} </span>
      ))}
    </output>
  );
}
