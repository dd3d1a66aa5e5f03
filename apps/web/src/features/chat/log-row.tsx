import type { Person } from "@sotto/client";
import { Beginning } from "./beginning.tsx";
import { MessageLine } from "./message-line.tsx";
import type { Row } from "./rows.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";

type Props = {
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

export function LogRow({ row, myId, peer, empty, ...rest }: Props) {
  const t = useTranslate();
  if (row === undefined) return null;
  if (row.kind === "beginning") return <Beginning peer={peer} empty={empty} />;
  const own = row.message.senderId === myId;
  return <MessageLine row={row} own={own} peerName={nameOf(t, peer)} {...rest} />;
}
