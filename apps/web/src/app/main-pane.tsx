import { Suspense, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { Boundary } from "../components/boundary.tsx";
import { ChatScreen } from "../features/chat/chat-screen.tsx";
import type { Place } from "../features/chat/use-log.ts";
import { useTranslate } from "../lib/i18n.ts";
import { lazyPart } from "../lib/lazy-part.ts";
import { useScreenTitle } from "../lib/title.ts";
import { later } from "./later.ts";
import styles from "./shell.module.css";

const PersonScreen = lazyPart(async () => (await later()).PersonScreen);
const SettingsScreen = lazyPart(async () => (await later()).SettingsScreen);
const StoredScreen = lazyPart(async () => (await later()).StoredScreen);
const Gallery = lazyPart(async () => {
  const [gallery] = await Promise.all([import("./gallery/gallery.tsx"), later()]);
  return gallery.Gallery;
});

/** The screen that the address names. */
export function MainPane() {
  const [path] = useLocation();
  const [places] = useState(() => new Map<string, Place>());
  return (
    <Boundary key={path} look="pane">
      <Suspense fallback={null}>
        <Switch>
          <Route path="/c/:id/person">{({ id }) => <PersonScreen key={id} conversationId={id} />}</Route>
          <Route path="/c/:id">
            {({ id }) => <ChatScreen key={id} conversationId={id} places={places} />}
          </Route>
          <Route path="/settings" component={SettingsScreen} />
          <Route path="/settings/server" component={StoredScreen} />
          <Route path="/gallery" component={Gallery} />
          <Route>
            <Idle />
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  );
}

function Idle() {
  const t = useTranslate();
  useScreenTitle(t("app.conversations"));
  return (
    <div className={styles["idle"]}>
      <svg viewBox="10 18 44 32" aria-hidden="true">
        <path d="M13 27a19 19 0 0 0 38 0" />
        <circle cx="32" cy="26" r="4" />
      </svg>
      <p>{t("app.chooseConversation")}</p>
    </div>
  );
}
