import { useState, useSyncExternalStore } from "react";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/screen.tsx";
import { Switch } from "../../components/switch.tsx";
import {
  getAnnouncementSettings,
  onAnnouncementSettings,
  setAnnouncementSettings,
} from "../../lib/announcements.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { askForNotifications } from "../../lib/notification-permission.ts";

export function NotificationsSection() {
  const t = useTranslate();
  const settings = useSyncExternalStore(onAnnouncementSettings, getAnnouncementSettings);
  const [permission, setPermission] = useState(() =>
    "Notification" in globalThis ? Notification.permission : "denied",
  );
  const change = async (on: boolean) => {
    const answer = on && permission === "default" ? await askForNotifications() : permission;
    setPermission(answer);
    setAnnouncementSettings({ notifications: on && answer === "granted" });
  };
  return (
    <Section title={t("settings.notifications")}>
      <Switch
        label={t("settings.notify")}
        hint={t("settings.notifyHint")}
        checked={settings.notifications && permission === "granted"}
        disabled={permission === "denied"}
        onCheckedChange={(on) => void change(on)}
      />
      {permission === "denied" ? <Notice>{t("settings.notifyDenied")}</Notice> : null}
      <Switch
        label={t("settings.sound")}
        checked={settings.sound}
        onCheckedChange={(sound) => setAnnouncementSettings({ sound })}
      />
    </Section>
  );
}
