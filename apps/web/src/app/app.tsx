import { Suspense, useState } from "react";
import { useLocation } from "wouter";
import { Sheet } from "../components/sheet.tsx";
import { SessionScreen } from "../features/session/session-screen.tsx";
import { expectRecoveryCheck, scheduleRecoveryCheck } from "../lib/recovery-check.ts";
import { useMessengerState } from "../lib/messenger.tsx";
import { Starting } from "./starting.tsx";
import { useSentence } from "../lib/errors.ts";
import { useTranslate } from "../lib/i18n.ts";
import { lazyPart } from "../lib/lazy-part.ts";

/** Apart, so that someone who has yet to sign in does not wait for it. */
const Shell = lazyPart(async () => (await import("./shell.tsx")).Shell);
const RecoveryKeyScreen = lazyPart(
  async () => (await import("../features/session/recovery-key-screen.tsx")).RecoveryKeyScreen,
);

/** Which of the app's three states this is: signed out, holding a new recovery key, signed in. */
export function App() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const state = useMessengerState();
  const [, navigate] = useLocation();
  const [signingUp, setSigningUp] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);

  if (state.status === "unavailable") {
    return (
      <Sheet title={t("app.cannotStart")}>
        <p role="alert">{sentenceOf(state.error)}</p>
      </Sheet>
    );
  }
  if (state.status === "starting") return <Starting />;
  if (state.user === null || signingUp) {
    const showKey = (key: string) => {
      setRecoveryKey(key);
      expectRecoveryCheck();
    };
    return <SessionScreen onSigningUp={setSigningUp} onRecoveryKey={showKey} />;
  }
  if (recoveryKey !== null) {
    const finish = () => {
      setRecoveryKey(null);
      scheduleRecoveryCheck();
      navigate("/", { replace: true });
    };
    return (
      <Suspense fallback={null}>
        <RecoveryKeyScreen username={state.user.username} recoveryKey={recoveryKey} onContinue={finish} />
      </Suspense>
    );
  }
  return (
    <Suspense fallback={<Starting />}>
      <Shell key={state.user.id} />
    </Suspense>
  );
}
