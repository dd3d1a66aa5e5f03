import { Suspense } from "react";
import { Boundary } from "../components/boundary.tsx";
import { lazyPart } from "../lib/lazy-part.ts";
import { later } from "./later.ts";

const NewConversationDialog = lazyPart(async () => (await later()).NewConversationDialog);
const Palette = lazyPart(async () => (await later()).Palette);
const ShortcutsDialog = lazyPart(async () => (await later()).ShortcutsDialog);

export type ShellDialog = "people" | "search" | "shortcuts";

export function ShellDialogs({ open, onClose }: { open: ShellDialog | null; onClose: () => void }) {
  return (
    <Boundary key={open} look="strip" onClose={onClose}>
      <Suspense fallback={null}>
        {open === "people" ? <NewConversationDialog onClose={onClose} /> : null}
        {open === "search" ? <Palette onClose={onClose} /> : null}
        {open === "shortcuts" ? <ShortcutsDialog onClose={onClose} /> : null}
      </Suspense>
    </Boundary>
  );
}
