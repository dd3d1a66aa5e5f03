/** Makes the page from what was recorded: pure, and the same page for the same record. */
import { formatWhere } from "../origin.ts";
import type { Recorded } from "../record.ts";
import { find, type Result, summaryOf } from "../results.ts";
import { summarize } from "../stats.ts";
import { targets, type WorkloadName } from "../targets.ts";
import { describeLimit } from "./limits.ts";
import { profileParts } from "./profile-parts.ts";
import { formatAmount, listGoals } from "./reach.ts";
import { sealingParts } from "./sealing-parts.ts";
import { table } from "./table.ts";

export function makePage(recorded: Recorded): string {
  const { machine, rounds } = recorded;
  const parts = [
    intro,
    `${formatWhere(recorded)},
PostgreSQL ${machine.postgres}, ${rounds} interleaved rounds. The figures are medians, with the lowest and the highest
round in brackets. Server, load and PostgreSQL share the ${machine.cores} processors: compare ratios, not absolutes.`,
    "## Reach",
    goalTable(recorded),
    "## A: one message in flight",
    "50 pairs. In each, one sends the next message when the last one has arrived at the other.",
    "![Messages a second of all targets in A and B](performance/messages-per-second.svg)",
    trafficTable(recorded, "A"),
    "## B: sixteen in flight",
    "The same with 16 messages on their way in each pair.",
    trafficTable(recorded, "B"),
    "## C: idle connections",
    `People who are connected, subscribed and silent. Memory is what the server has grown by, after a garbage
collection, for each of them.`,
    table(
      ["target", "KiB for each", "connections/s", "server, µs for each", "PostgreSQL, µs for each"],
      rowsOf(recorded, "C", (result) => [
        cell(result, "kibPerConnection", 1),
        cell(result, "connectionsPerSecond"),
        cell(result, "serverCpuUs"),
        cell(result, "postgresCpuUs"),
      ]),
    ),
    "## D: people who come back",
    "All at the same moment, and each has missed 200 messages. The clock stops when everyone has all of them.",
    backlogTable(recorded, "D"),
    "## E: history",
    "One person reads a conversation of 10,000 messages from its end to its beginning, 200 in a page.",
    backlogTable(recorded, "E"),
    "## F: two nodes",
    `The load of B on one node, and on two with NATS between them. The two of each pair are on different nodes, so that
every message crosses over. Processor time is that of all nodes together.`,
    table(
      [
        "target",
        "messages/s",
        "p99 ms",
        "µs of nodes / load / PostgreSQL / NATS for each",
        "lost / doubled / reordered",
      ],
      rowsOf(recorded, "F", (result) => [
        cell(result, "messagesPerSecond"),
        cell(result, "p99Ms", 1),
        `${processorCells(result)} / ${cell(result, "natsCpuUs")}`,
        faultCells(result),
      ]),
    ),
    "## Sealing",
    "1 KiB, shared keys at hand, in µs.",
    table(
      ["", "seal", "open"],
      recorded.sealing.map(({ title, sealUs, openUs }) => [title, amounts(sealUs, 1), amounts(openUs, 1)]),
    ),
    ...sealingParts(recorded),
    ...profileParts(recorded),
  ];
  return `${parts.join("\n\n")}\n`;
}

const intro = `# Performance

\`pnpm bench\` puts the same load on this server, on two designs that one would start from, and on what the parts can do
at most. Each is a process of its own, on one PostgreSQL with the durability that it has by itself, with a fresh
database, a fresh server and a fresh load process for every run. \`--record\` writes this page from
[the results](performance/results.json).

- **Design one** is Fastify with its WebSocket and JWT plugins and \`pg\`: a map from user to sockets, one INSERT and one
  UPDATE for a message.
- **Design two** is Socket.IO, jsonwebtoken and Prisma: the conversation found or made, the message created, the room of
  the recipient.
- **The limits** do less: \`ws\` or tRPC as a relay without a database, or with group commit (one INSERT for all that
  arrived during the last commit) and nothing else. They have no feed, no receipts, and a message that is sent twice is
  stored twice. With tRPC each message is a call and a value of the subscription, as its documentation shows it.
- **Sotto** does all that it does: idempotent sends in one order for everyone, a numbered feed for each person with the
  echo of their own messages, acknowledgements and receipts. The load speaks its protocol as its client does.

Every message is the same 424 characters of base64, for Sotto an envelope with a true head. Nothing is sealed or opened
while messages are counted: sealing has a section of its own. The sources are in [bench](../bench/src/main.ts), the two
designs in [bench/peers](../bench/peers/src/design-one.ts).`;

function goalTable(recorded: Recorded): string {
  return table(
    ["figure", "reach", "measured", ""],
    listGoals(recorded).map(({ figure, reach, measured, unit, reached }) => {
      if (measured === null) return [figure, reach, "not measured yet", ""];
      const { median, min, max } = measured;
      const spread = min === max ? "" : ` (${formatAmount(min, unit)} to ${formatAmount(max, unit)})`;
      return [
        figure,
        reach,
        formatAmount(median, unit) + spread,
        reached === true ? "reached" : "**not reached**",
      ];
    }),
  );
}

function trafficTable(recorded: Recorded, workload: WorkloadName): string {
  return table(
    [
      "target",
      "messages/s",
      "p50 ms",
      "p99 ms",
      "µs of server / load / PostgreSQL for each",
      "lost / doubled / reordered",
      "limited by (one processor is 100 %: server / load / PostgreSQL)",
    ],
    rowsOf(recorded, workload, (result) => [
      cell(result, "messagesPerSecond"),
      cell(result, "p50Ms", 1),
      cell(result, "p99Ms", 1),
      processorCells(result),
      faultCells(result),
      describeLimit(result, recorded.machine.cores),
    ]),
  );
}

function backlogTable(recorded: Recorded, workload: WorkloadName): string {
  return table(
    [
      "target",
      "messages/s",
      "all after ms",
      "µs of server / load / PostgreSQL for each",
      "lost / doubled / reordered",
    ],
    rowsOf(recorded, workload, (result) => [
      cell(result, "messagesPerSecond"),
      cell(result, "allMs"),
      processorCells(result),
      faultCells(result),
    ]),
  );
}

function rowsOf(
  { results }: Recorded,
  workload: WorkloadName,
  cells: (result: Result) => string[],
): string[][] {
  return targets.flatMap(({ name, title }) => {
    const result = find(results, name, workload);
    return result === undefined ? [] : [[title, ...cells(result)]];
  });
}

function processorCells(result: Result): string {
  return ["serverCpuUs", "loadCpuUs", "postgresCpuUs"]
    .map((figure) => Math.round(summaryOf(result, figure).median).toLocaleString("en"))
    .join(" / ");
}

/** Of all rounds together; reordered as a share of what was sent. */
function faultCells({ rounds }: Result): string {
  const sum = (figure: string) => rounds.reduce((total, figures) => total + (figures[figure] ?? 0), 0);
  const reordered = sum("reordered");
  const share = reordered === 0 ? "0" : `${((reordered / sum("sent")) * 100).toFixed(0)} %`;
  return `${sum("lost")} / ${sum("doubled")} / ${share}`;
}

function cell(result: Result, figure: string, digits = 0): string {
  return amounts(
    result.rounds.map((figures) => figures[figure] ?? 0),
    digits,
  );
}

function amounts(values: readonly number[], digits: number): string {
  const format = (value: number) =>
    value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const { median, min, max } = summarize(values);
  return min === max ? format(median) : `${format(median)} (${format(min)} to ${format(max)})`;
}
