/**
 * The few marks that people write in messages, parsed by marked's lexer into a small tree of our own. Nothing here is
 * ever HTML: what the tree has no kind for (headings, tables, pictures, tags) stays the text that it was.
 */
import { Lexer, Tokenizer } from "marked";
import type { MarkedToken, Token } from "marked";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] }
  | { kind: "code"; text: string }
  /** `host`: where it leads, given where the text is anything but that very address. */
  | { kind: "link"; href: string; host: string | null; children: Inline[] };

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "quote"; children: Block[] }
  | { kind: "list"; start: number | null; items: Block[][] };

/** What is longer is rather a document, and may be written to keep a parser busy. */
const maxLength = 8_000;
const maxDepth = 8;
/** Quotes in quotes cost the lexer the most. */
const tooDeep = new RegExp(`^(?:[ \\t]*>){${maxDepth + 1}}`, "m");
const schemes = new Set(["http:", "https:", "mailto:"]);

/** A rule that gives nothing lets the next one try; the last one takes everything as text. */
class MessageTokenizer extends Tokenizer {
  override code = () => undefined;
  override heading = () => undefined;
  override lheading = () => undefined;
  override hr = () => undefined;
  override html = () => undefined;
  override def = () => undefined;
  override table = () => undefined;
  override tag = () => undefined;
  override reflink = () => undefined;
}

export function parseMarkdown(text: string): Block[] {
  const plain: Block[] = [{ kind: "paragraph", children: toLines(text) }];
  if (text.length > maxLength || tooDeep.test(text)) return plain;
  try {
    const lexer = new Lexer({ gfm: true, breaks: true, tokenizer: new MessageTokenizer() });
    const blocks = toBlocks(lexer.lex(text), 0);
    return blocks.length === 0 ? plain : blocks;
  } catch {
    // Nested deeper than the lexer can follow.
    return plain;
  }
}

function toBlocks(tokens: readonly Token[], depth: number): Block[] {
  const blocks: Block[] = [];
  for (const token of tokens as MarkedToken[]) {
    if (token.type === "space") continue;
    if (depth >= maxDepth) blocks.push({ kind: "paragraph", children: toLines(token.raw.trimEnd()) });
    else if (token.type === "code") blocks.push({ kind: "code", text: token.text });
    else if (token.type === "blockquote") {
      blocks.push({ kind: "quote", children: toBlocks(token.tokens, depth + 1) });
    } else if (token.type === "list") {
      const items = token.items.map((item) => toBlocks(item.tokens, depth + 1));
      blocks.push({ kind: "list", start: token.ordered ? Number(token.start) : null, items });
    } else if ("tokens" in token && token.tokens) {
      blocks.push({ kind: "paragraph", children: toInlines(token.tokens, depth + 1) });
    } else blocks.push({ kind: "paragraph", children: toLines(token.raw.trimEnd()) });
  }
  return blocks;
}

function toInlines(tokens: readonly Token[], depth: number): Inline[] {
  return (tokens as MarkedToken[]).flatMap((token): Inline[] => {
    if (depth >= maxDepth) return toLines(token.raw);
    switch (token.type) {
      case "strong":
        return [{ kind: "bold", children: toInlines(token.tokens, depth + 1) }];
      case "em":
        return [{ kind: "italic", children: toInlines(token.tokens, depth + 1) }];
      case "del":
        return [{ kind: "strike", children: toInlines(token.tokens, depth + 1) }];
      case "codespan":
        return [{ kind: "code", text: token.text }];
      case "br":
        return [{ kind: "break" }];
      case "link": {
        const children = toInlines(token.tokens, depth + 1);
        const url = findUrl(token.href);
        if (url === null) return toLines(token.raw);
        return [{ kind: "link", href: url.href, host: findOtherHost(url, token.text), children }];
      }
      case "escape":
        return [{ kind: "text", text: token.text }];
      case "text":
        return token.tokens ? toInlines(token.tokens, depth + 1) : toLines(token.text);
      default:
        return toLines(token.raw);
    }
  });
}

function toLines(text: string): Inline[] {
  const inlines: Inline[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (index > 0) inlines.push({ kind: "break" });
    if (line !== "") inlines.push({ kind: "text", text: line });
  }
  return inlines;
}

function findUrl(href: string): URL | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  return schemes.has(url.protocol) ? url : null;
}

/**
 * Words can claim any place, so whoever reads them sees where they lead; an address speaks for itself, unless it has a
 * name before an @ or letters that only look like those of another host.
 */
function findOtherHost(url: URL, text: string): string | null {
  const place = url.protocol === "mailto:" ? decodeAddress(url.pathname) : url.host;
  const says = text.trim();
  const itself = ["", "http://", "mailto:"].some((scheme) => findUrl(scheme + says)?.href === url.href);
  const plain =
    url.username === "" && url.password === "" && says.toLowerCase().includes(place.toLowerCase());
  return itself && plain ? null : place;
}

function decodeAddress(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
