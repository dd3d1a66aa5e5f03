import type { ExportRecord } from "@sotto/client";
import type { Translate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import { nameOf } from "../../lib/names.ts";
import { toPlainText } from "../../lib/plain-text.ts";

/** A file that grows by a part for each record, so that its pieces never have to fit into one string. */
export type ExportFile = { add(record: ExportRecord): void; finish(): Blob };

/** One JSON array of all records, one on each line. */
export function createJsonFile(): ExportFile {
  const parts: string[] = [];
  return {
    add: (record) => void parts.push(parts.length === 0 ? "[\n" : ",\n", JSON.stringify(record)),
    finish: () => new Blob([...parts, parts.length === 0 ? "[]\n" : "\n]\n"], { type: "application/json" }),
  };
}

/** A page that opens anywhere, without scripts and without asking anyone for anything. */
export function createHtmlFile(t: Translate, locale: string, direction: "ltr" | "rtl"): ExportFile {
  const parts: string[] = [];
  const page: Page = { t, locale, myId: "", names: new Map(), quotes: new Map() };
  return {
    add(record) {
      if (record.kind === "account") {
        page.myId = record.user.id;
        const title = t("export.pageTitle", { username: record.user.username });
        parts.push(
          `<!doctype html><html lang="${escape(locale)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(title)}</title><style>${css}</style></head><body><main><h1>${escape(title)}</h1><p>${escape(formatFull(record.exportedAt, locale))}</p>`,
        );
      } else if (record.kind === "conversation") {
        page.quotes.clear();
        for (const member of record.members) page.names.set(member.id, nameOf(t, member));
        const others = record.members.filter(({ id }) => id !== page.myId);
        parts.push(`<h2>${escape(others.map((member) => nameOf(t, member)).join(", "))}</h2>`);
        if (!record.complete) parts.push(`<p><em>${escape(t("export.incomplete"))}</em></p>`);
      } else {
        parts.push(toArticle(page, record.message));
      }
    },
    finish: () => new Blob([...parts, "</main></body></html>\n"], { type: "text/html" }),
  };
}

type ExportedMessage = Extract<ExportRecord, { kind: "message" }>["message"];

type Page = {
  t: Translate;
  locale: string;
  myId: string;
  names: Map<string, string>;
  /** What a reply quotes, by id: of this conversation, whose messages come oldest first. */
  quotes: Map<string, string>;
};

function toArticle(page: Page, message: ExportedMessage): string {
  const { t } = page;
  const author = nameIn(page, message.senderId);
  const text = message.deleted
    ? `<em>${escape(t("export.deleted"))}</em>`
    : message.problem === undefined
      ? escape(message.text)
      : `<em>${escape(t(`conversations.${message.problem}`))}</em>`;
  const source = page.quotes.get(message.replyTo ?? "") ?? escape(t("chat.quoteMissing"));
  page.quotes.set(message.id, `<b>${escape(author)}</b> ${quotable(message, text)}`);
  const reactions = (message.reactions ?? []).map(
    ({ emoji, userIds }) =>
      `${escape(emoji)} ${escape(userIds.map((userId) => nameIn(page, userId)).join(", "))}`,
  );
  return [
    `<article><b>${escape(author)}</b> ${timeIn(page, message.createdAt)}${toState(page, message)}`,
    message.forwarded ? `<p><em>${escape(t("chat.forwarded"))}</em></p>` : "",
    message.replyTo === undefined || message.deleted ? "" : `<blockquote dir="auto">${source}</blockquote>`,
    `<p dir="auto">${text}</p>`,
    toEdits(page, message),
    reactions.length === 0 ? "" : `<p>${reactions.join(" · ")}</p>`,
    "</article>",
  ].join("");
}

/** A message that was taken back or can't be read says so in a quote as well. */
function quotable({ deleted, problem, text }: ExportedMessage, shown: string): string {
  return deleted || problem ? shown : escape(toPlainText(text));
}

/** What became of an own message, and that one was imported. */
function toState(page: Page, message: ExportedMessage): string {
  const { state, deliveredAt, readAt } = message;
  if (message.deleted || (message.senderId !== page.myId && state !== "imported")) return "";
  const at = state === "read" ? readAt : state === "delivered" ? deliveredAt : undefined;
  const time = at === undefined ? "" : ` ${timeIn(page, at)}`;
  return ` <small>· ${escape(page.t(`mark.${state}`))}${time}</small>`;
}

function toEdits(page: Page, { edits = [], editedAt }: ExportedMessage): string {
  if (editedAt === undefined) return "";
  const earlier = edits.map(
    ({ text, createdAt }) => `<li>${timeIn(page, createdAt)}<p dir="auto">${escape(text)}</p></li>`,
  );
  const summary = `${escape(page.t("chat.edited"))} ${timeIn(page, editedAt)}`;
  return `<details><summary>${summary}</summary><ol>${earlier.join("")}</ol></details>`;
}

function nameIn({ names }: Page, userId: string): string {
  return names.get(userId) ?? "?";
}

function timeIn({ locale }: Page, iso: string): string {
  return `<time datetime="${escape(iso)}">${escape(formatFull(iso, locale))}</time>`;
}

/** Each name and time in itself: from right to left, a name before it would fall into the middle of a date. */
const css =
  "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:#22201c;background:#fbf8f2;overflow-wrap:anywhere}" +
  "article{margin:0 0 1rem}article p{margin:0;white-space:pre-wrap}time,small,summary{color:#5c564c;font-size:.85rem}" +
  "b,time,small{unicode-bidi:isolate}blockquote{margin:.25rem 0;padding-inline-start:.75rem;border-inline-start:2px solid #d0c7b7}ol{margin:.25rem 0}" +
  "h2{margin-top:3rem;border-top:1px solid #d0c7b7;padding-top:1rem}" +
  "@media (prefers-color-scheme:dark){body{color:#ebe6dc;background:#1c1b18}time,small,summary{color:#b0a99c}h2,blockquote{border-color:#48443c}}";

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
