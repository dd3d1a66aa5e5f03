import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MarkdownView } from "../src/features/chat/markdown-view.tsx";

function render(text: string): string {
  return renderToStaticMarkup(<MarkdownView text={text} end={<i>end</i>} />);
}

test("a link opens apart, tells the other side nothing, and shows where it leads", () => {
  const html = render("[here](https://example.org/a)");
  expect(html).toContain('href="https://example.org/a"');
  expect(html).toContain('target="_blank"');
  expect(html).toContain('rel="noopener noreferrer nofollow"');
  expect(html).toContain('title="https://example.org/a"');
});

test("nothing that was written becomes markup", () => {
  const html = render('<img src=x onerror="alert(1)"> **<script>** `<b>`');
  expect(html).not.toMatch(/<(?:img|script|b)\b/);
  expect(html).toContain("&lt;img");
});

test("what stands at the end shares the last paragraph, and follows a block", () => {
  expect(render("one\n\ntwo")).toMatch(/two<\/span><i>end<\/i><\/p>$/);
  expect(render("```\ncode\n```")).toMatch(/<\/pre><div[^>]*><i>end<\/i><\/div>$/);
});
