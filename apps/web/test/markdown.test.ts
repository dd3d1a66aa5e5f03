import { expect, test } from "vitest";
import { parseMarkdown } from "../src/features/chat/markdown.ts";
import type { Block, Inline } from "../src/features/chat/markdown.ts";

/** The tree in brackets, short enough to compare. */
function show(blocks: Block[]): string {
  return blocks.map(showBlock).join(" ");
}

function showBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `p(${showInlines(block.children)})`;
    case "code":
      return `pre(${block.text})`;
    case "quote":
      return `quote(${show(block.children)})`;
    case "list":
      return `${block.start === null ? "ul" : `ol${block.start}`}(${block.items.map(show).join(", ")})`;
  }
}

function showInlines(inlines: Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === "text") return inline.text;
      if (inline.kind === "break") return "/";
      if (inline.kind === "code") return `code(${inline.text})`;
      const children = showInlines(inline.children);
      if (inline.kind !== "link") return `${inline.kind}(${children})`;
      return `link(${inline.href}${inline.host === null ? "" : ` at ${inline.host}`} ${children})`;
    })
    .join("");
}

test.each([
  ["plain words", "p(plain words)"],
  ["one\ntwo", "p(one/two)"],
  ["one\n\ntwo", "p(one) p(two)"],
  ["**bold**, *italic*, _italic_, ~~gone~~", "p(bold(bold), italic(italic), italic(italic), strike(gone))"],
  ["`a < b` and ```c```", "p(code(a < b) and code(c))"],
  ["```js\nlet a = 1;\n```", "pre(let a = 1;)"],
  ["> said\n> twice\n\nyes", "quote(p(said/twice)) p(yes)"],
  ["- one\n- two", "ul(p(one), p(two))"],
  ["3. three\n4. four", "ol3(p(three), p(four))"],
  ["snake_case_name stays", "p(snake_case_name stays)"],
  ["see https://example.org/a?b=c.", "p(see link(https://example.org/a?b=c https://example.org/a?b=c).)"],
  ["www.example.org", "p(link(http://www.example.org/ www.example.org))"],
  ["[here](https://example.org)", "p(link(https://example.org/ at example.org here))"],
  ["me@example.org", "p(link(mailto:me@example.org me@example.org))"],
])("%j", (text, expected) => {
  expect(show(parseMarkdown(text))).toBe(expected);
});

test.each([
  "# no heading",
  "<b>no tag</b>",
  "![no picture](https://example.org/a.png)",
  "| no | table |",
  "    no code by spaces",
  "[no scheme](javascript:alert(1))",
  "[nor this](data:text/html,x)",
  "&lt;no entity&gt;",
])("%j stays as it was written", (text) => {
  expect(show(parseMarkdown(text))).toBe(`p(${text})`);
});

test.each([
  ["[bank.example](https://evil.example/login)", "https://evil.example/login at evil.example bank.example"],
  ["[https://a.example/x](https://a.example/y)", "https://a.example/y at a.example https://a.example/x"],
  ["[https://a.example/x](https://a.example/x)", "https://a.example/x https://a.example/x"],
  ["[your bank](https://evil.example:8443/)", "https://evil.example:8443/ at evil.example:8443 your bank"],
  ["[BANK. example](https://evil.example/)", "https://evil.example/ at evil.example BANK. example"],
  ["[Ada](mailto:eve@example.org)", "mailto:eve@example.org at eve@example.org Ada"],
  [
    "https://bank.example@evil.example/",
    "https://bank.example@evil.example/ at evil.example https://bank.example@evil.example/",
  ],
  [
    "https://b\u0430nk.example/",
    "https://xn--bnk-6cd.example/ at xn--bnk-6cd.example https://b\u0430nk.example/",
  ],
])("%j says where it leads, unless it is that address itself", (text, link) => {
  expect(show(parseMarkdown(text))).toBe(`p(link(${link}))`);
});

test.each([
  ["stars", "*".repeat(8_000)],
  ["open brackets", "[".repeat(8_000)],
  ["quotes in quotes", ">".repeat(8_000)],
  ["lists in lists", Array.from({ length: 90 }, (_, depth) => `${" ".repeat(depth * 2)}- x`).join("\n")],
  ["emphasis that never ends", "*a _b ".repeat(1_300)],
  ["links that never end", "[a](b".repeat(1_600)],
  ["backticks", "`a``b```".repeat(1_000)],
  ["addresses", "http://a.".repeat(880)],
  ["mail addresses", "a.".repeat(4_000)],
])("text made to keep a parser busy is done in no time: %s", (_name, text) => {
  const start = performance.now();
  const blocks = parseMarkdown(text);
  // A fraction of that where nothing else runs.
  expect(performance.now() - start).toBeLessThan(3_000);
  expect(blocks.length).toBeGreaterThan(0);
});
