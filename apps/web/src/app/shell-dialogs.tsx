import { lazy, Suspense } from "react";
import { later } from "./later.ts";

const NewConversationDialog = lazy(async () => ({ default: (await later()).NewConversationDialog }));
const Palette = lazy(async () => ({ default: (await later()).Palette }));
const ShortcutsDialog = lazy(async () => ({ default: (await later()).ShortcutsDialog }));

export type ShellDialog = "people" | "search" | "shortcuts";

export function ShellDialogs({ open, onClose }: { open: ShellDialog | null; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      {open === "people" ? <NewConversationDialog onClose={onClose} /> : null}
      {open === "search" ? <Palette onClose={onClose} /> : null}
      {open === "shortcuts" ? <ShortcutsDialog onClose={onClose} /> : null}
    </Suspense>
  );
}
