import type { ExportRecord } from "@sotto/client";
import type { Translate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import { nameOf } from "../../lib/names.ts";

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
  const names = new Map<string, string>();
  return {
    add(record) {
      if (record.kind === "account") {
        const title = t("export.pageTitle", { username: record.user.username });
        parts.push(
          `<!doctype html><html lang="${escape(locale)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(title)}</title><style>${css}</style></head><body><h1>${escape(title)}</h1><p>${escape(formatFull(record.exportedAt, locale))}</p>`,
        );
      } else if (record.kind === "conversation") {
        for (const member of record.members) names.set(member.id, nameOf(t, member));
        const others = record.members.map((member) => nameOf(t, member)).join(", ");
        parts.push(`<h2>${escape(others)}</h2>`);
        if (!record.complete) parts.push(`<p><em>${escape(t("export.incomplete"))}</em></p>`);
      } else {
        parts.push(toArticle(t, locale, record.message, names.get(record.message.senderId) ?? "?"));
      }
    },
    finish: () => new Blob([...parts, "</body></html>\n"], { type: "text/html" }),
  };
}

type ExportedMessage = Extract<ExportRecord, { kind: "message" }>["message"];

function toArticle(t: Translate, locale: string, message: ExportedMessage, author: string): string {
  const time = `<time datetime="${escape(message.createdAt)}">${escape(formatFull(message.createdAt, locale))}</time>`;
  const text = message.deleted
    ? `<em>${escape(t("export.deleted"))}</em>`
    : message.problem === undefined
      ? escape(message.text)
      : `<em>${escape(t(`conversations.${message.problem}`))}</em>`;
  const emoji = (message.reactions ?? []).map((reaction) => escape(reaction.emoji)).join(" ");
  return `<article><b>${escape(author)}</b> ${time}<p dir="auto">${text}</p>${emoji === "" ? "" : `<p>${emoji}</p>`}</article>`;
}

const css =
  "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:#22201c;background:#fbf8f2}" +
  "article{margin:0 0 1rem}article p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}time{color:#5c564c;font-size:.85rem}" +
  "h2{margin-top:3rem;border-top:1px solid #d0c7b7;padding-top:1rem}" +
  "@media (prefers-color-scheme:dark){body{color:#ebe6dc;background:#1c1b18}time{color:#b0a99c}h2{border-color:#48443c}}";

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
