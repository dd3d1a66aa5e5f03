import { Ellipsis } from "lucide-react";
import { Suspense, useState } from "react";
import type { Conversation } from "@sotto/client";
import { Boundary } from "../../components/boundary.tsx";
import { IconButton } from "../../components/button.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { BlockQuestion } from "../../components/questions.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { lazyPart } from "../../lib/lazy-part.ts";

const ChatMenu = lazyPart(async () => (await import("./chat-menu.tsx")).ChatMenu);

type Props = { conversation: Conversation; onError: (error: unknown) => void };

/** What can be done with a whole conversation. Blocking asks first. */
export function ChatOptions({ conversation, onError }: Props) {
  const t = useTranslate();
  const messenger = useMessenger();
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconButton
        aria-label={t("chat.options")}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { x, y, width, height } = currentTarget.getBoundingClientRect();
          setAnchor({ x, y, width, height });
        }}
      >
        <Ellipsis aria-hidden="true" />
      </IconButton>
      <Boundary
        look="strip"
        onClose={() => {
          setAnchor(null);
          setAsking(false);
        }}
      >
        <Suspense fallback={null}>
          {anchor ? (
            <ChatMenu
              conversation={conversation}
              anchor={anchor}
              onBlock={() => setAsking(true)}
              onError={onError}
              onClose={() => setAnchor(null)}
            />
          ) : null}
          {asking ? (
            <BlockQuestion
              peer={conversation.peer}
              onConfirm={() => messenger.call("block", conversation.peer.id)}
              onClose={() => setAsking(false)}
            />
          ) : null}
        </Suspense>
      </Boundary>
    </>
  );
}
