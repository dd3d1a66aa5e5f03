import { Screen } from "../../components/screen.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { AccountSection } from "./account-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { DataSection } from "./data-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { NotificationsSection } from "./notifications-section.tsx";
import { PrivacySection } from "./privacy-section.tsx";
import { RecoverySection } from "./recovery-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";

export function SettingsScreen() {
  const t = useTranslate();
  return (
    <Screen title={t("settings.title")} back={{ href: "/", label: t("chat.backToAll") }}>
      <AccountSection />
      <AppearanceSection />
      <NotificationsSection />
      <PrivacySection />
      <SessionsSection />
      <RecoverySection />
      <ExportSection />
      <DataSection />
    </Screen>
  );
}
