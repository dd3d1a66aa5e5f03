import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { Screen, Section } from "../../components/screen.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import { useConversations } from "../../lib/use-conversations.ts";
import { BlockSwitch } from "./block-switch.tsx";
import { Comparison } from "./comparison.tsx";
import { nameOf } from "../../lib/names.ts";
import styles from "./trust.module.css";

/** Who the other one of a conversation is, as far as this device can know. */
export function PersonScreen({ conversationId }: { conversationId: string }) {
  const t = useTranslate();
  const { value: conversations } = useConversations();
  const conversation = conversations?.find(({ id }) => id === conversationId);
  const title = conversation ? nameOf(t, conversation.peer) : t("trust.person");
  return (
    <Screen title={title} back={{ href: `/c/${conversationId}`, label: t("trust.backToConversation") }}>
      {conversation ? <PersonDetails key={conversation.id} conversation={conversation} /> : null}
      {conversations && !conversation ? <p>{t("trust.unknown")}</p> : null}
    </Screen>
  );
}

function PersonDetails({ conversation }: { conversation: Conversation }) {
  const t = useTranslate();
  const locale = useLocale();
  const { peer } = conversation;
  const name = nameOf(t, peer);
  return (
    <>
      <div className={styles["person"]}>
        <Avatar name={name} publicKey={peer.publicKey} size="large" />
        <p className={styles["soft"]}>
          {t("trust.knownSince", { when: formatFull(conversation.createdAt, locale) })}
        </p>
      </div>
      <Section title={t("trust.safetyNumber")}>
        <p className={styles["soft"]}>{t("trust.explain", { name })}</p>
        <Comparison conversation={conversation} />
      </Section>
      <Section title={t("trust.contact")}>
        <BlockSwitch peer={peer} blocked={conversation.blocked} />
      </Section>
    </>
  );
}
