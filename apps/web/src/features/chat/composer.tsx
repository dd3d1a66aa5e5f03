import type { Task } from "./chat-context.ts";
import { EditComposer } from "./edit-composer.tsx";
import { NewComposer } from "./new-composer.tsx";

type Props = { task: Task | null; onDone: () => void; onSent: () => void; draft: string };

/** Where one writes: something new, or an own message anew. */
export function Composer({ task, onDone, onSent, draft }: Props) {
  if (task?.kind === "edit")
    return <EditComposer key={task.messageId} messageId={task.messageId} onDone={onDone} />;
  return <NewComposer replyTo={task?.messageId ?? null} onDone={onDone} onSent={onSent} draft={draft} />;
}
