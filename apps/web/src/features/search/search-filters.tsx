import type { Conversation, SearchQuery } from "@sotto/client";
import { Select } from "../../components/select.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";
import styles from "./search.module.css";

/** Days as the date fields give them: `2026-03-18`, or empty. */
export type Filters = { from: string; since: string; until: string };
export const noFilters: Filters = { from: "", since: "", until: "" };
/** So many messages at first, and so many more at each wish. */
export const resultsAtOnce = 40;

type Props = { filters: Filters; conversations: Conversation[]; onChange: (filters: Filters) => void };

export function SearchFilters({ filters, conversations, onChange }: Props) {
  const t = useTranslate();
  const me = useMe();
  const people = [
    { value: "", label: t("search.anyone") },
    { value: me.id, label: t("chat.you") },
    ...conversations.map(({ peer }) => ({ value: peer.id, label: nameOf(t, peer) })),
  ];
  return (
    <div className={styles["filters"]}>
      <Select
        label={t("search.from")}
        value={filters.from}
        options={people}
        onValueChange={(from) => onChange({ ...filters, from })}
      />
      <TextField
        type="date"
        label={t("search.since")}
        value={filters.since}
        onValueChange={(since) => onChange({ ...filters, since })}
      />
      <TextField
        type="date"
        label={t("search.until")}
        value={filters.until}
        onValueChange={(until) => onChange({ ...filters, until })}
      />
    </div>
  );
}

/** Both days belong to the search, in the reader's own time. Null where there is nothing to look for. */
export function toQuery(
  text: string,
  { from, since, until }: Filters,
  limit = resultsAtOnce,
): SearchQuery | null {
  if (text === "" && from === "" && since === "" && until === "") return null;
  const query: SearchQuery = { text, limit };
  if (from !== "") query.from = from;
  if (since !== "") query.after = new Date(startOf(since, 0).getTime() - 1).toISOString();
  if (until !== "") query.before = startOf(until, 1).toISOString();
  return query;
}

function startOf(day: string, daysLater: number): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater);
}
