import { useEffect } from "react";
import { useLocation, useSearchParams } from "wouter";

/** Jumps to the message that the address names, as a search result does, and takes it out of the address again. */
export function useAddressJump(conversationId: string, jumpTo: (messageId: string) => void): void {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const messageId = params.get("message");
  useEffect(() => {
    if (messageId === null) return;
    jumpTo(messageId);
    navigate(`/c/${conversationId}`, { replace: true });
  }, [messageId, conversationId, jumpTo, navigate]);
}
