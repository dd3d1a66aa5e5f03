import { EmojiPicker } from "../../components/emoji-picker.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { Popover } from "../../components/popover.tsx";
import { useTranslate } from "../../lib/i18n.ts";

type Props = { anchor: Anchor; onPick: (emoji: string) => void; onClose: () => void };

export function EmojiPopover({ anchor, onPick, onClose }: Props) {
  const t = useTranslate();
  return (
    <Popover label={t("chat.insertEmoji")} anchor={anchor} onClose={onClose}>
      <EmojiPicker onPick={onPick} />
    </Popover>
  );
}
