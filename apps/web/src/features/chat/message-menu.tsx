import { Copy, Forward, Info, Pencil, Reply, SmilePlus, Trash2 } from "lucide-react";
import type { Message } from "@sotto/client";
import { Menu, MenuItem, MenuStrip, MenuStripItem } from "../../components/menu.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import { isAnswerable } from "./is-answerable.ts";

const quickEmoji = ["👍", "❤️", "😂", "😮", "😢"];

type Props = { message: Message; anchor: Anchor; onClose: () => void };

/** Everything that can be done with one message. */
export function MessageMenu({ message, anchor, onClose }: Props) {
  const t = useTranslate();
  const { myId, mayWrite, open, begin, react } = useChat();
  const messageId = message.id;
  const own = message.senderId === myId;
  const readable = !message.deleted && !message.problem;
  const stored = mayWrite && isAnswerable(message);
  const mine = message.reactions?.find(({ userIds }) => userIds.includes(myId))?.emoji;
  return (
    <Menu label={t("chat.actions")} anchor={anchor} onClose={onClose}>
      {readable && stored ? (
        <MenuStrip label={t("chat.react")}>
          {quickEmoji.map((emoji) => (
            <MenuStripItem
              key={emoji}
              label={emoji}
              chosen={emoji === mine}
              onSelect={() => react(message, emoji)}
            >
              {emoji}
            </MenuStripItem>
          ))}
          <MenuStripItem
            label={t("chat.moreEmoji")}
            onSelect={() => open({ kind: "picker", messageId, anchor })}
          >
            <SmilePlus aria-hidden="true" />
          </MenuStripItem>
        </MenuStrip>
      ) : null}
      {readable && stored ? (
        <MenuItem
          icon={<Reply className="mirrored" aria-hidden="true" />}
          onSelect={() => begin({ kind: "reply", messageId })}
        >
          {t("chat.reply")}
        </MenuItem>
      ) : null}
      {readable && own && stored ? (
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => begin({ kind: "edit", messageId })}>
          {t("chat.edit")}
        </MenuItem>
      ) : null}
      {readable ? (
        <MenuItem
          icon={<Copy aria-hidden="true" />}
          onSelect={() => void navigator.clipboard.writeText(message.text)}
        >
          {t("chat.copy")}
        </MenuItem>
      ) : null}
      {readable ? (
        <MenuItem
          icon={<Forward className="mirrored" aria-hidden="true" />}
          onSelect={() => open({ kind: "forward", messageId })}
        >
          {t("chat.forward")}
        </MenuItem>
      ) : null}
      <MenuItem icon={<Info aria-hidden="true" />} onSelect={() => open({ kind: "details", messageId })}>
        {t("chat.details")}
      </MenuItem>
      {own && stored && !message.deleted ? (
        <MenuItem
          danger
          icon={<Trash2 aria-hidden="true" />}
          onSelect={() => open({ kind: "delete", messageId })}
        >
          {t("chat.delete")}
        </MenuItem>
      ) : null}
    </Menu>
  );
}
