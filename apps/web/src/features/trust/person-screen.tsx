import { useCallback } from "react";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Screen, Section } from "../../components/screen.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { formatFull } from "../../lib/time.ts";
import { useConversations } from "../../lib/use-conversations.ts";
import { BlockSwitch } from "./block-switch.tsx";
import { SafetyNumber } from "./safety-number.tsx";
import { Verification } from "./verification.tsx";
import styles from "./trust.module.css";

/** Who the other one of a conversation is, as far as this device can know. */
export function PersonScreen({ conversationId }: { conversationId: string }) {
  const t = useTranslate();
  const { value: conversations } = useConversations();
  const conversation = conversations?.find(({ id }) => id === conversationId);
  const title = conversation?.peer.username ?? t("trust.person");
  return (
    <Screen title={title} back={{ href: `/c/${conversationId}`, label: t("trust.backToConversation") }}>
      {conversation ? <PersonDetails conversation={conversation} /> : null}
      {conversations && !conversation ? <p>{t("trust.unknown")}</p> : null}
    </Screen>
  );
}

function PersonDetails({ conversation }: { conversation: Conversation }) {
  const t = useTranslate();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const { peer } = conversation;
  const query = useCallback((port: MessengerPort) => port.call("safetyNumber", peer.id), [peer.id]);
  const { value: number, error } = useLive(`safety-number:${peer.id}`, query);
  return (
    <>
      <div className={styles["person"]}>
        <Avatar name={peer.username} publicKey={peer.publicKey} size="large" />
        <p className={styles["soft"]}>
          {t("trust.knownSince", { when: formatFull(conversation.createdAt, locale) })}
        </p>
      </div>
      <Section title={t("trust.safetyNumber")}>
        <p className={styles["soft"]}>{t("trust.explain", { name: peer.username })}</p>
        <FieldError text={sentenceOf(error)} />
        {number === undefined ? null : <SafetyNumber number={number} name={peer.username} />}
        <Verification conversation={conversation} />
      </Section>
      <Section title={t("trust.contact")}>
        <BlockSwitch userId={peer.id} name={peer.username} blocked={conversation.blocked} />
      </Section>
    </>
  );
}
