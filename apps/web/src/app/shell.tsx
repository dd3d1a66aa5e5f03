import { useState } from "react";
import { Search, SquarePen } from "lucide-react";
import { Link, useRoute } from "wouter";
import { Avatar } from "../components/avatar.tsx";
import { IconButton } from "../components/button.tsx";
import { Logo } from "../components/logo.tsx";
import { ConversationList } from "../features/conversations/conversation-list.tsx";
import { useTranslate } from "../lib/i18n.ts";
import { useMe } from "../lib/messenger.tsx";
import { useSayPresence } from "../lib/use-presence.ts";
import { Announcer } from "./announcer.tsx";
import { ArrivalsElsewhere } from "./arrivals-elsewhere.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { MainPane } from "./main-pane.tsx";
import { RecoveryReminder } from "./recovery-reminder.tsx";
import { ShellDialogs } from "./shell-dialogs.tsx";
import type { ShellDialog } from "./shell-dialogs.tsx";
import { TrustBanner } from "./trust-banner.tsx";
import { useOpenedNotifications } from "./use-opened-notifications.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useStep } from "./use-step.ts";
import { useUnreadSigns } from "./use-unread-signs.ts";
import styles from "./shell.module.css";

/** Two panes side by side, or on a narrow screen the one that the address names. */
export function Shell() {
  const t = useTranslate();
  const me = useMe();
  const [listOnly] = useRoute("/");
  const [, params] = useRoute("/c/:id/*?");
  const [, chat] = useRoute("/c/:id");
  const [dialog, setDialog] = useState<ShellDialog | null>(null);
  const step = useStep(params?.id);
  useShortcuts({
    onSearch: () => setDialog("search"),
    onHelp: () => setDialog("shortcuts"),
    onStep: step,
  });
  useUnreadSigns();
  useOpenedNotifications();
  useSayPresence();
  return (
    <div className={styles["shell"]} data-pane={listOnly ? undefined : ""}>
      <div className={styles["side"]}>
        <header className={styles["header"]}>
          {listOnly ? <h1 className="visually-hidden">{t("app.conversations")}</h1> : null}
          <Link href="/" className={styles["home"] ?? ""}>
            <Logo />
          </Link>
          <IconButton aria-label={t("app.search")} onClick={() => setDialog("search")}>
            <Search aria-hidden="true" />
          </IconButton>
          <IconButton aria-label={t("app.newConversation")} onClick={() => setDialog("people")}>
            <SquarePen aria-hidden="true" />
          </IconButton>
          <Link
            href="/settings"
            className={styles["me"] ?? ""}
            aria-label={t("app.settings")}
            title={t("app.settings")}
          >
            <Avatar name={me.username} size="small" />
          </Link>
        </header>
        <ConnectionBanner />
        <TrustBanner />
        <RecoveryReminder />
        <Announcer />
        <ConversationList openId={params?.id} onFindPeople={() => setDialog("people")} />
      </div>
      <main className={styles["main"]}>
        <MainPane />
      </main>
      <ArrivalsElsewhere openId={chat?.id} />
      <ShellDialogs open={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
