/** Where this code runs: Node keeps its own cookies and has no WebSocket before version 22. */
export const isNode = typeof process !== "undefined" && process.versions?.node !== undefined;

/** "Firefox on Linux", "Node 22": what the list of sessions shows. */
export function deviceName(): string {
  if (isNode) return `Node ${process.versions.node.split(".")[0] ?? ""}`.trim();
  const agent = navigator.userAgent;
  const browser = firstMatch(agent, [
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/Chrome\//, "Chrome"],
    [/Safari\//, "Safari"],
  ]);
  const system = firstMatch(agent, [
    [/iPhone|iPad/, "iOS"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS X/, "macOS"],
    [/CrOS/, "ChromeOS"],
    [/Linux/, "Linux"],
  ]);
  return `${browser ?? "A browser"} on ${system ?? "an unknown system"}`;
}

function firstMatch(text: string, patterns: [RegExp, string][]): string | undefined {
  return patterns.find(([pattern]) => pattern.test(text))?.[1];
}
