import { Archive, ArchiveRestore, Bell, BellOff, Pin, PinOff } from "lucide-react";
import type { Conversation, ConversationPreferences } from "@sotto/client";
import { Menu, MenuItem } from "../../components/menu.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";

type Props = {
  conversation: Conversation;
  anchor: Anchor;
  onClose: () => void;
  onError: (error: unknown) => void;
};

export function ConversationMenu({ conversation, anchor, onClose, onError }: Props) {
  const t = useTranslate();
  const messenger = useMessenger();
  const { id, peer, pinned, muted, archived, request } = conversation;
  const set = (changes: Partial<ConversationPreferences>) => {
    messenger.call("setPreference", id, changes).catch(onError);
  };
  return (
    <Menu label={t("conversations.actions", { name: nameOf(t, peer) })} anchor={anchor} onClose={onClose}>
      {archived || request ? null : (
        <MenuItem
          icon={pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
          onSelect={() => set({ pinned: !pinned })}
        >
          {t(pinned ? "conversations.unpin" : "conversations.pin")}
        </MenuItem>
      )}
      {request ? null : (
        <MenuItem
          icon={muted ? <Bell aria-hidden="true" /> : <BellOff aria-hidden="true" />}
          onSelect={() => set({ muted: !muted })}
        >
          {t(muted ? "conversations.unmute" : "conversations.mute")}
        </MenuItem>
      )}
      <MenuItem
        icon={archived ? <ArchiveRestore aria-hidden="true" /> : <Archive aria-hidden="true" />}
        onSelect={() => set({ archived: !archived })}
      >
        {t(archived ? "conversations.unarchive" : "conversations.archive")}
      </MenuItem>
    </Menu>
  );
}
