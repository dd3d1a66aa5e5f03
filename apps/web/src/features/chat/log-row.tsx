import type { Person } from "@sotto/client";
import { Beginning } from "./beginning.tsx";
import { KeyChangeLine } from "./key-change-line.tsx";
import { MessageLine } from "./message-line.tsx";
import type { Row } from "./rows.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";

type Props = {
  conversationId: string;
  row: Row | undefined;
  myId: string;
  peer: Person;
  /** There is nothing but the beginning. */
  empty: boolean;
  now: Date;
  /** One jumped to it just now. */
  shown: boolean;
  /** Tab stops here among the messages. */
  tabStop: boolean;
};

export function LogRow({ conversationId, row, myId, peer, empty, ...rest }: Props) {
  const t = useTranslate();
  if (row === undefined) return null;
  if (row.kind === "beginning") return <Beginning peer={peer} empty={empty} />;
  const peerName = nameOf(t, peer);
  if (row.kind === "key-change")
    return <KeyChangeLine at={row.at} conversationId={conversationId} peerName={peerName} />;
  const own = row.message.senderId === myId;
  return <MessageLine row={row} own={own} peerName={peerName} {...rest} />;
}
