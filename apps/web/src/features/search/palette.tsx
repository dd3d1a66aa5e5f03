import { useId, useMemo, useRef, useState } from "react";
import { SlidersHorizontal } from "lucide-react";
import { useLocation } from "wouter";
import { IconButton } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { messagePath } from "../../lib/paths.ts";
import { useAction } from "../../lib/use-action.ts";
import { useChoosing } from "../../lib/use-choosing.ts";
import { useConversations } from "../../lib/use-conversations.ts";
import { usePeopleSearch } from "../../lib/use-people-search.ts";
import { Coverage } from "./coverage.tsx";
import { MoreResults } from "./more-results.tsx";
import { PaletteList } from "./palette-list.tsx";
import { findConversations, toItems } from "./palette-items.ts";
import type { PaletteItem } from "./palette-items.ts";
import { noFilters, resultsAtOnce, SearchFilters, toQuery } from "./search-filters.tsx";
import { useMessageSearch } from "./use-message-search.ts";
import styles from "./search.module.css";

const none: never[] = [];

/** Conversations, people and every word that was written, from one field: arrow keys choose, Enter opens. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const me = useMe();
  const [, navigate] = useLocation();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [filters, setFilters] = useState(noFilters);
  const [filtering, setFiltering] = useState(false);
  const [limit, setLimit] = useState(resultsAtOnce);
  const text = typed.trim();
  const conversations = useConversations().value ?? none;
  const query = useMemo(() => toQuery(text, filters, limit), [text, filters, limit]);
  const { results, coverage, error } = useMessageSearch(query);
  const { people } = usePeopleSearch(text, me.id);
  const items = useMemo(() => {
    const matching = filtering ? none : findConversations(conversations, text);
    return toItems({ conversations, matching, people: filtering ? none : people, results });
  }, [conversations, text, people, results, filtering]);
  const open = useAction(async (item: PaletteItem) => {
    const path =
      item.kind === "message"
        ? messagePath(item.conversation.id, item.id)
        : `/c/${item.kind === "person" ? (await messenger.call("openDirect", item.person.username)).id : item.id}`;
    onClose();
    navigate(path);
  });
  const choosing = useChoosing(listId, items, (active) => active && open.run(active));
  /** Something else is looked for. */
  const begin = () => {
    setLimit(resultsAtOnce);
    choosing.restart();
  };

  const showMore = () => {
    setLimit(limit + resultsAtOnce);
    // From the field the arrow keys go on, at the first of those that come.
    choosing.point(items.length);
    field.current?.focus();
  };

  return (
    <Dialog title={t("search.title")} onClose={onClose} initialFocus={field} tall>
      <div className={styles["field"]}>
        <input
          ref={field}
          type="text"
          className={styles["input"]}
          role="combobox"
          aria-label={t("search.field")}
          aria-expanded={items.length > 0}
          placeholder={t("search.placeholder")}
          autoComplete="off"
          spellCheck={false}
          dir={typed === "" ? undefined : "auto"}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            begin();
          }}
          aria-controls={listId}
          {...choosing.fieldProps}
        />
        <IconButton
          aria-label={t("search.filters")}
          aria-pressed={filtering}
          onClick={() => {
            setFiltering(!filtering);
            setFilters(noFilters);
            begin();
          }}
        >
          <SlidersHorizontal aria-hidden="true" />
        </IconButton>
      </div>
      {filtering ? (
        <SearchFilters
          filters={filters}
          conversations={conversations}
          onChange={(changed) => {
            setFilters(changed);
            begin();
          }}
        />
      ) : null}
      <FieldError text={sentenceOf(open.error ?? error)} />
      <output className={styles["status"]}>
        {query === null ? "" : t("search.found", { count: items.length })}
      </output>
      <Coverage coverage={coverage} />
      {coverage !== null && items.length === 0 ? (
        <p className={styles["help"]}>{t("search.nothingHelp")}</p>
      ) : null}
      <PaletteList
        id={listId}
        items={items}
        activeId={choosing.activeId}
        onPoint={choosing.point}
        onChoose={open.run}
      />
      {results.length >= limit ? <MoreResults onMore={showMore} /> : null}
    </Dialog>
  );
}
