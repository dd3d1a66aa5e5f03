import { ArrowLeft, LockKeyhole } from "lucide-react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { useConnection } from "../../lib/messenger.tsx";
import { useDelayed } from "../../lib/use-delayed.ts";
import { useTyping } from "./use-typing.ts";
import styles from "./chat.module.css";

export function ChatHeader({ conversation }: { conversation: Conversation }) {
  const { peer } = conversation;
  const connection = useConnection();
  const away = useDelayed(connection !== "online", 2_000);
  const typing = useTyping(conversation.id, peer.id);
  return (
    <header className={styles["header"]}>
      <Link href="/" className={styles["back"] ?? ""} aria-label="Back to all">
        <ArrowLeft aria-hidden="true" />
      </Link>
      <Avatar name={peer.username} publicKey={peer.publicKey} />
      <div className={styles["who"]}>
        <h1 className={styles["name"]}>{peer.username}</h1>
        <output className={styles["line"]} data-typing={typing ? "" : undefined}>
          {typing ? (
            "typing…"
          ) : away ? (
            connection === "offline" ? (
              "Offline"
            ) : (
              "Connecting…"
            )
          ) : (
            <>
              <LockKeyhole aria-hidden="true" />
              End-to-end encrypted
            </>
          )}
        </output>
      </div>
    </header>
  );
}
