import { Suspense, useCallback, useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { Archive, UserRoundPlus } from "lucide-react";
import { Boundary } from "../../components/boundary.tsx";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { lazyPart } from "../../lib/lazy-part.ts";
import { useMe } from "../../lib/messenger.tsx";
import { useConversations } from "../../lib/use-conversations.ts";
import { useNow } from "../../lib/use-now.ts";
import { usePresentIds } from "../../lib/use-presence.ts";
import { arrange } from "./arrange.ts";
import { ConversationRows } from "./conversation-rows.tsx";
import { ListSection } from "./list-section.tsx";
import styles from "./conversations.module.css";

const ConversationMenu = lazyPart(async () => (await import("./conversation-menu.tsx")).ConversationMenu);

type Props = { openId: string | undefined; onFindPeople: () => void };

type Section = "requests" | "archived";

/** Pinned ones first, then newest first; the arrow keys go from one to the next. */
export function ConversationList({ openId, onFindPeople }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const me = useMe();
  const now = useNow();
  const { value: conversations, error } = useConversations();
  const presentIds = usePresentIds();
  const [menu, setMenu] = useState<{ id: string; anchor: Anchor } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [chosen, setChosen] = useState<Partial<Record<Section, boolean>>>({});
  const { requests, shown, archived } = useMemo(() => arrange(conversations ?? []), [conversations]);
  const menuOf = conversations?.find(({ id }) => id === menu?.id);
  const scroller = useRef<HTMLElement>(null);
  const openMenu = useCallback((id: string, anchor: Anchor) => setMenu({ id, anchor }), []);
  const holdsOpen = (part: typeof shown) => part.some(({ id }) => id === openId);
  const expanded = {
    requests: chosen.requests ?? (holdsOpen(requests) || shown.length === 0),
    archived: chosen.archived ?? holdsOpen(archived),
  };
  const toggle = (section: Section) => () => setChosen({ ...chosen, [section]: !expanded[section] });
  const shared = { scroller, myId: me.id, now, openId, presentIds, onMenu: openMenu };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that its links leave to it
    <nav ref={scroller} className={styles["nav"]} aria-label={t("app.conversations")} onKeyDown={goOn}>
      <FieldError text={sentenceOf(failure ?? (conversations ? null : error))} />
      {requests.length === 0 ? null : (
        <ListSection
          icon={<UserRoundPlus aria-hidden="true" />}
          label={t("conversations.requests", { count: requests.length })}
          unread={requests.some(({ unreadCount, muted }) => unreadCount > 0 && !muted)}
          expanded={expanded.requests}
          onToggle={toggle("requests")}
        >
          <ConversationRows conversations={requests} {...shared} />
        </ListSection>
      )}
      {conversations && shown.length === 0 && requests.length === 0 ? (
        <div className={styles["empty"]}>
          <h2>{t(archived.length === 0 ? "conversations.empty" : "conversations.allArchived")}</h2>
          <p>{t("conversations.emptyHelp", { username: me.username })}</p>
          <Button onClick={onFindPeople}>{t("conversations.findSomeone")}</Button>
        </div>
      ) : null}
      <ConversationRows conversations={shown} {...shared} />
      {archived.length === 0 ? null : (
        <ListSection
          icon={<Archive aria-hidden="true" />}
          label={t("conversations.archived", { count: archived.length })}
          unread={archived.some(({ unreadCount, muted, request }) => unreadCount > 0 && !muted && !request)}
          expanded={expanded.archived}
          onToggle={toggle("archived")}
        >
          <ConversationRows conversations={archived} {...shared} />
        </ListSection>
      )}
      <Boundary look="strip" onClose={() => setMenu(null)}>
        <Suspense fallback={null}>
          {menu && menuOf ? (
            <ConversationMenu
              conversation={menuOf}
              anchor={menu.anchor}
              onClose={() => setMenu(null)}
              onError={setFailure}
            />
          ) : null}
        </Suspense>
      </Boundary>
    </nav>
  );
}

function goOn(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const links = [...event.currentTarget.querySelectorAll("a")];
  links[links.indexOf(event.target) + step]?.focus();
}
