import { EmojiPicker } from "../../components/emoji-picker.tsx";
import { Popover } from "../../components/popover.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import type { Overlay } from "./chat-context.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { DetailsDialog } from "./details-dialog.tsx";
import { ForwardDialog } from "./forward-dialog.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { useMessage } from "./use-message.ts";

type Props = { overlay: Overlay; onClose: () => void };

/** What can stand over a conversation; loaded when the first one opens. */
export function Overlays({ overlay, onClose }: Props) {
  const t = useTranslate();
  const { conversationId, react } = useChat();
  const message = useMessage(conversationId, overlay.messageId);
  if (!message) return null;
  switch (overlay.kind) {
    case "menu":
      return <MessageMenu message={message} anchor={overlay.anchor} onClose={onClose} />;
    case "picker":
      return (
        <Popover label={t("chat.react")} anchor={overlay.anchor} onClose={onClose}>
          <EmojiPicker
            onPick={(emoji) => {
              onClose();
              react(message, emoji);
            }}
          />
        </Popover>
      );
    case "delete":
      return <DeleteDialog message={message} onClose={onClose} />;
    case "forward":
      return <ForwardDialog message={message} onClose={onClose} />;
    case "details":
      return <DetailsDialog message={message} onClose={onClose} />;
  }
}
