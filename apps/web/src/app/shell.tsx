import { lazy, Suspense, useState } from "react";
import { SquarePen } from "lucide-react";
import { Link, useRoute } from "wouter";
import { Avatar } from "../components/avatar.tsx";
import { IconButton } from "../components/button.tsx";
import { Logo } from "../components/logo.tsx";
import { ChatScreen } from "../features/chat/chat-screen.tsx";
import { ConversationList } from "../features/conversations/conversation-list.tsx";
import { useMe } from "../lib/messenger.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { TrustBanner } from "./trust-banner.tsx";
import { useTitle } from "./use-title.ts";
import { useTranslate } from "../lib/i18n.ts";
import styles from "./shell.module.css";

const NewConversationDialog = lazy(async () => ({
  default: (await import("./dialogs.ts")).NewConversationDialog,
}));
const AccountDialog = lazy(async () => ({ default: (await import("./dialogs.ts")).AccountDialog }));

/** Two panes side by side, or on a narrow screen the one that the address names. */
export function Shell() {
  const t = useTranslate();
  const me = useMe();
  const [, params] = useRoute("/c/:id");
  const [dialog, setDialog] = useState<"people" | "account" | null>(null);
  const [drafts] = useState(() => new Map<string, string>());
  const close = () => setDialog(null);
  useTitle();
  return (
    <div className={styles["shell"]} data-chat={params ? "" : undefined}>
      <div className={styles["side"]}>
        <header className={styles["header"]}>
          {params ? null : <h1 className="visually-hidden">{t("app.conversations")}</h1>}
          <Link href="/" className={styles["home"] ?? ""}>
            <Logo />
          </Link>
          <IconButton aria-label={t("app.newConversation")} onClick={() => setDialog("people")}>
            <SquarePen aria-hidden="true" />
          </IconButton>
          <IconButton aria-label={t("app.account")} onClick={() => setDialog("account")}>
            <Avatar name={me.username} size="small" />
          </IconButton>
        </header>
        <ConnectionBanner />
        <TrustBanner />
        <ConversationList openId={params?.id} onFindPeople={() => setDialog("people")} />
      </div>
      <main className={styles["main"]}>
        {params ? (
          <ChatScreen key={params.id} conversationId={params.id} drafts={drafts} />
        ) : (
          <div className={styles["idle"]}>
            <svg viewBox="10 18 44 32" aria-hidden="true">
              <path d="M13 27a19 19 0 0 0 38 0" />
              <circle cx="32" cy="26" r="4" />
            </svg>
            <p>{t("app.chooseConversation")}</p>
          </div>
        )}
      </main>
      <Suspense fallback={null}>
        {dialog === "people" ? <NewConversationDialog onClose={close} /> : null}
        {dialog === "account" ? <AccountDialog onClose={close} /> : null}
      </Suspense>
    </div>
  );
}
