import { Ban } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Person } from "@sotto/client";
import { IconButton } from "../../components/button.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";

const BlockDialog = lazy(async () => ({ default: (await import("./block-dialog.tsx")).BlockDialog }));

/** Asks before it blocks. */
export function BlockButton({ peer }: { peer: Person }) {
  const t = useTranslate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconButton aria-label={t("chat.block", { name: nameOf(t, peer) })} onClick={() => setAsking(true)}>
        <Ban aria-hidden="true" />
      </IconButton>
      {asking ? (
        <Suspense>
          <BlockDialog peer={peer} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
