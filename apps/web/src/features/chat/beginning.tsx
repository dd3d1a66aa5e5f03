import type { Person } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./log.module.css";

/** Stands where a conversation starts. */
export function Beginning({ peer, empty }: { peer: Person; empty: boolean }) {
  const t = useTranslate();
  return (
    <div className={styles["beginning"]} data-empty={empty ? "" : undefined}>
      <Avatar name={nameOf(t, peer)} publicKey={peer.publicKey} size="large" />
      <p className={styles["beginning-name"]}>{nameOf(t, peer)}</p>
      <p>{t("chat.beginning")}</p>
    </div>
  );
}
