import { Sheet } from "../components/sheet.tsx";
import { useDelayed } from "../lib/use-delayed.ts";

/** Nothing at first: starting takes a moment only where something is in its way. */
const quietMs = 3_000;

export function Starting() {
  const slow = useDelayed(true, quietMs);
  if (!slow) return null;
  return (
    <Sheet title="Opening Sotto">
      <p>This takes longer than it should. Another tab with Sotto may be asleep: open it, or close it.</p>
    </Sheet>
  );
}
