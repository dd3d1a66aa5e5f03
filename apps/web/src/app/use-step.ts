import { useLocation } from "wouter";
import { arrange } from "../features/conversations/arrange.ts";
import { useConversations } from "../lib/use-conversations.ts";

/** Opens the conversation after or before the open one, in the order of the list; round at its ends. */
export function useStep(openId: string | undefined): (step: 1 | -1) => void {
  const { value: conversations = [] } = useConversations();
  const [, navigate] = useLocation();
  return (step) => {
    const { shown } = arrange(conversations);
    if (shown.length === 0) return;
    const position = shown.findIndex(({ id }) => id === openId);
    const next = position === -1 ? 0 : (position + step + shown.length) % shown.length;
    navigate(`/c/${shown[next]?.id ?? ""}`);
  };
}
