import { Ban, Bell, BellOff, ShieldCheck } from "lucide-react";
import { useLocation } from "wouter";
import type { Conversation } from "@sotto/client";
import { Menu, MenuItem } from "../../components/menu.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";

type Props = {
  conversation: Conversation;
  anchor: Anchor;
  onBlock: () => void;
  onError: (error: unknown) => void;
  onClose: () => void;
};

export function ChatMenu({ conversation, anchor, onBlock, onError, onClose }: Props) {
  const t = useTranslate();
  const messenger = useMessenger();
  const [, navigate] = useLocation();
  const { id, peer, muted, blocked, request } = conversation;
  const name = nameOf(t, peer);
  return (
    <Menu label={t("conversations.actions", { name })} anchor={anchor} onClose={onClose}>
      <MenuItem icon={<ShieldCheck aria-hidden="true" />} onSelect={() => navigate(`/c/${id}/person`)}>
        {t("chat.safetyNumber")}
      </MenuItem>
      {request ? null : (
        <MenuItem
          icon={muted ? <Bell aria-hidden="true" /> : <BellOff aria-hidden="true" />}
          onSelect={() => void messenger.call("setPreference", id, { muted: !muted }).catch(onError)}
        >
          {t(muted ? "conversations.unmute" : "conversations.mute")}
        </MenuItem>
      )}
      {blocked ? null : (
        <MenuItem danger icon={<Ban aria-hidden="true" />} onSelect={onBlock}>
          {t("common.block", { name })}
        </MenuItem>
      )}
    </Menu>
  );
}
