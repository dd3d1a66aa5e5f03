/** In Markdown. */
export function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return "Not measured yet.";
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
