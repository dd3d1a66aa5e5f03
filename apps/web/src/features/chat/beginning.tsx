import type { Person } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import styles from "./log.module.css";

/** Stands where a conversation starts. */
export function Beginning({ peer, empty }: { peer: Person; empty: boolean }) {
  return (
    <div className={styles["beginning"]} data-empty={empty ? "" : undefined}>
      <Avatar name={peer.username} publicKey={peer.publicKey} size="large" />
      <p className={styles["beginning-name"]}>{peer.username}</p>
      <p>What you write here is sealed on this device and opened on theirs. The server keeps it closed.</p>
    </div>
  );
}
