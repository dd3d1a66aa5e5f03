/** Words of the shared components. */
export const common = {
  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.loading": "Loading…",
  "common.copy": "Copy",
  "common.copied": "Copied",
  "common.showCharacters": "Show characters",
  "common.hideCharacters": "Hide characters",
  "mark.queued": "Queued",
  "mark.sent": "Sent",
  "mark.delivered": "Delivered",
  "mark.read": "Read",
  "mark.refused": "Refused",
  "mark.unread": "New",
} as const;
