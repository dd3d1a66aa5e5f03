/** The frame: starting, banners, the shell. */
export const app = {
  "app.cannotStart": "Sotto can't start",
  "app.opening": "Opening Sotto",
  "app.openingSlowly":
    "This takes longer than it should. Another tab with Sotto may be asleep: open it, or close it.",
  "app.offline": "Offline. What you write is sent later.",
  "app.connecting": "Connecting. What you write waits here.",
  "app.settingsRolledBack":
    "The server has lost or taken back some of your settings. This device put its own back.",
  "app.conversations": "Conversations",
  "app.newConversation": "New conversation",
  "app.chooseConversation": "Choose a conversation, or begin a new one.",
  "app.tooOldTitle": "This browser is too old",
  "app.tooOld":
    "Sotto needs Web Workers, Web Locks and IndexedDB. Current versions of Firefox, Chrome, Edge and Safari have them. A private window may not: try an ordinary one.",
  "app.insecureTitle": "This address is not secure",
  "app.insecure":
    "You opened Sotto at <strong>{origin}</strong>. Browsers give pages the means to encrypt only over HTTPS, or on this same machine at <strong>http://localhost</strong>. Nothing has been sent.",
  "app.insecureProxy":
    "If you run this server, put a reverse proxy with a certificate in front. With Caddy it takes three lines:",
  "app.insecureStart": "Then start Sotto with <code>{origin}</code> and <code>{proxy}</code>.",
  "app.recoveryReminder": "Is your recovery key still where you can find it?",
  "app.recoveryCheck": "Check it",
  "app.later": "Later",
  "app.settings": "Settings",
  "app.notifyOffer": "A message came while you were away. Shall Sotto tell you next time?",
  "app.notifyTurnOn": "Turn on notifications",
  "app.newMessageFrom": "New message from {name}",
  "app.notNow": "Not now",
  "app.search": "Search",
} as const;
