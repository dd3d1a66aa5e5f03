/** Bars of A and B, with the spread of the rounds; readable on light and on dark ground. */
import type { Report, Result } from "../results.ts";
import { find, summaryOf } from "../results.ts";
import { targets, type WorkloadName } from "../targets.ts";

const panels: { workload: WorkloadName; title: string }[] = [
  { workload: "A", title: "A: one message in flight" },
  { workload: "B", title: "B: sixteen in flight" },
];
const width = 860;
const labelWidth = 250;
const valueWidth = 80;
const barWidth = width - labelWidth - valueWidth;
const rowHeight = 26;
const panelTop = 56;
const panelGap = 24;

const style = `
    text { font: 14px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; }
    .bar { fill: #9aa4af; }
    .ours { fill: #2f6f6a; }
    .spread { stroke: #1f2328; stroke-width: 1.5; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .bar { fill: #6b7682; }
      .ours { fill: #5fb3a9; }
      .spread { stroke: #e6edf3; }
    }`;

export function drawChart(report: Report): string {
  let top = 0;
  const drawn: string[] = [];
  for (const { workload, title } of panels) {
    const rows = targets.flatMap((target) => {
      const result = find(report.results, target.name, workload);
      return result === undefined ? [] : [{ ...target, result }];
    });
    drawn.push(drawPanel(title, rows, top));
    top += panelTop + rows.length * rowHeight + panelGap;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img">
  <title>Messages a second of all targets in A and B</title>
  <style>${style}
  </style>
${drawn.join("\n")}
</svg>
`;
}

function drawPanel(
  title: string,
  rows: { name: string; title: string; result: Result }[],
  top: number,
): string {
  const summaries = rows.map(({ result }) => summaryOf(result, "messagesPerSecond"));
  const most = Math.max(1, ...summaries.map(({ max }) => max));
  const x = (value: number) => (labelWidth + (value / most) * barWidth).toFixed(1);
  const lines = rows.flatMap((row, index) => {
    const { median, min, max } = summaries[index] ?? { median: 0, min: 0, max: 0 };
    const y = top + panelTop + index * rowHeight;
    const middle = y + rowHeight / 2;
    const end = (Number(x(max)) + 8).toFixed(1);
    return [
      `<text x="${labelWidth - 10}" y="${middle + 5}" text-anchor="end">${row.title}</text>`,
      `<rect class="bar${row.name.startsWith("ours") ? " ours" : ""}" x="${labelWidth}" y="${y + 4}" width="${((median / most) * barWidth).toFixed(1)}" height="${rowHeight - 8}" rx="2" />`,
      `<line class="spread" x1="${x(min)}" x2="${x(max)}" y1="${middle}" y2="${middle}" />`,
      `<text x="${end}" y="${middle + 5}">${Math.round(median).toLocaleString("en")}</text>`,
    ];
  });
  const heading = `<text class="title" x="0" y="${top + 30}">${title}, messages a second</text>`;
  return [heading, ...lines].map((line) => `  ${line}`).join("\n");
}
