import { Sheet } from "../components/sheet.tsx";
import { useTranslate } from "../lib/i18n.ts";
import { useDelayed } from "../lib/use-delayed.ts";

/** Nothing at first: starting takes a moment only where something is in its way. */
const quietMs = 3_000;

export function Starting() {
  const t = useTranslate();
  const slow = useDelayed(true, quietMs);
  if (!slow) return null;
  return (
    <Sheet title={t("app.opening")}>
      <p>{t("app.openingSlowly")}</p>
    </Sheet>
  );
}
