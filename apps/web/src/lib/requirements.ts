export type Requirement = "secure-context" | "browser";

type Scope = {
  isSecureContext: boolean;
  crypto?: { subtle?: unknown };
  navigator?: { locks?: unknown };
  indexedDB?: unknown;
  BroadcastChannel?: unknown;
  Worker?: unknown;
};

/** What this page lacks to run at all; null where it has everything. */
export function findMissingRequirement(scope: Scope): Requirement | null {
  if (!scope.isSecureContext || !scope.crypto?.subtle) return "secure-context";
  const { navigator, indexedDB, BroadcastChannel, Worker } = scope;
  return navigator?.locks && indexedDB && BroadcastChannel && Worker ? null : "browser";
}
