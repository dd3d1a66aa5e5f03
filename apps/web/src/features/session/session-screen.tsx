import { useState } from "react";
import { Route, Switch } from "wouter";
import { findKnownUser } from "../../lib/known-user.ts";
import { useMessengerState } from "../../lib/messenger.tsx";
import { RecoverForm } from "./recover-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignUpForm } from "./sign-up-form.tsx";

type Props = {
  /** Signing up signs in before the recovery key is known; from here to `onRecoveryKey` the screen stays. */
  onSigningUp: (active: boolean) => void;
  onRecoveryKey: (recoveryKey: string) => void;
};

/** Everything that a signed-out person can do. What was typed stays when they change their mind between forms. */
export function SessionScreen({ onSigningUp, onRecoveryKey }: Props) {
  const state = useMessengerState();
  const left = state.status === "ready" ? state.left : null;
  const [creating, setCreating] = useState(false);
  // Nobody is signed in, and yet somebody was: what was stored here is gone.
  const [knownUser] = useState(findKnownUser);
  const [username, setUsername] = useState(knownUser ?? "");
  const [password, setPassword] = useState("");
  const credentials = { username, setUsername, password, setPassword };
  return (
    <Switch>
      <Route path="/recover">
        <RecoverForm username={username} setUsername={setUsername} />
      </Route>
      <Route>
        {creating ? (
          <SignUpForm
            {...credentials}
            onSignIn={() => setCreating(false)}
            onSigningUp={onSigningUp}
            onRecoveryKey={onRecoveryKey}
          />
        ) : (
          <SignInForm
            {...credentials}
            ended={left === "ended"}
            evicted={left === "evicted" || knownUser !== null}
            onCreateAccount={() => setCreating(true)}
          />
        )}
      </Route>
    </Switch>
  );
}
