import { useState } from "react";
import { ShieldAlert } from "lucide-react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { AcceptKeyQuestion } from "../../components/questions.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";
import { Rich } from "../../lib/rich.tsx";
import styles from "./instead.module.css";

/** In the place of the composer, while nothing is sent because the key is not the one that was verified. */
export function KeyStop({ conversation }: { conversation: Conversation }) {
  const t = useTranslate();
  const messenger = useMessenger();
  /** The key that was there when the person began to think: no other one is accepted. */
  const [asked, setAsked] = useState<string | null>(null);
  const { id, peer } = conversation;
  const name = nameOf(t, peer);
  return (
    <section className={styles["decision"]} data-look="warning" aria-label={t("chat.keyStopped")}>
      <div className={styles["words"]}>
        <output className={styles["question"]}>
          <ShieldAlert aria-hidden="true" />
          <span>{t("chat.keyRefused", { name })}</span>
        </output>
        <p>
          <Rich
            id="chat.keyRefusedHelp"
            values={{ name }}
            components={{ link: <Link href={`/c/${id}/person`} /> }}
          />
        </p>
      </div>
      <div className={styles["choices"]}>
        <Button look="outlined" onClick={() => setAsked(peer.publicKey)}>
          {t("chat.acceptKey")}
        </Button>
      </div>
      {asked === null ? null : (
        <AcceptKeyQuestion
          peer={peer}
          onConfirm={() => messenger.call("acceptKey", peer.id, asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
