/** The account and how the app behaves. */
export const settings = {
  "settings.account": "Account",
  "settings.foundByName": "Others find you by this name.",
  "settings.appearance": "Appearance",
  "settings.light": "Light",
  "settings.dark": "Dark",
  "settings.system": "System",
  "settings.language": "Language",
  "settings.languageSystem": "As the browser",
  "settings.sessions": "Signed in on",
  "settings.thisBrowser": "This browser",
  "settings.lastUsed": "Last used {when}",
  "settings.endSession": "End",
  "settings.endSessionOf": "End the session of {device}",
  "settings.changePassword": "Change password",
  "settings.othersEnd": "Your other sessions end when the password changes.",
  "settings.currentPassword": "Current password",
  "settings.newPassword": "New password",
  "settings.wrongPassword": "The current password is wrong.",
  "settings.serverSeesText":
    "The server sees who writes to whom, when, and roughly how much. It can read neither your messages nor your password or your keys.",
  "settings.signOut": "Sign out",
  "settings.signOutErases": "Signing out erases everything from this browser.",
  "settings.title": "Settings",
  "settings.privacy": "Privacy",
  "settings.readReceipts": "Read receipts",
  "settings.readReceiptsHint": "Others see when you have read, and you see when they have.",
  "settings.typing": "Typing",
  "settings.typingHint": "Others see while you write, and you see while they do.",
  "settings.presence": "Presence",
  "settings.presenceHint":
    "Others see when you have Sotto in front of you, and you see when they have. Only people whom you have written to, and who have switched it on as well.",
  "settings.blocked": "Blocked",
  "settings.nobodyBlocked": "You have blocked nobody.",
  "settings.unblock": "Unblock",
  "settings.since": "since {when}",
  "settings.endOthers": "Sign out all others",
  "settings.recovery": "Recovery key",
  "settings.recoveryText":
    "It opens your account if you forget your password. Nobody else has it, so it can't be shown again: you can check the one that you have kept, or make a new one.",
  "settings.checkRecovery": "Check the recovery key",
  "settings.renewRecovery": "Make a new one",
  "settings.recoveryFits": "This is your recovery key. Keep it where it is.",
  "settings.recoveryNew":
    "Save this new key first. It counts as soon as you confirm with your password; keep the old one until then.",
  "settings.replaceRecovery": "Replace the old one",
  "settings.recoveryRenewed": "The new recovery key counts now. The old one opens nothing any more.",
  "settings.data": "Your data",
  "settings.deleteAccount": "Delete the account",
  "settings.deleteText":
    "Your name, keys, devices and settings are removed from the server, and everything from this browser. What others were sent by you stays theirs, under a name that says nothing. There is no way back.",
  "settings.deleteForGood": "Delete for good",
  "stored.title": "What can this server see?",
  "stored.lead":
    "This page is made from the server's own database, as it is at this moment: every table, every column, and the rows that are yours. Whoever runs the server can look at this, and at nothing else that is yours.",
  "stored.more":
    "Your messages, your password and your keys are in it only as ciphertext, or not at all. Two columns are left out: they would tell you who has blocked you. While you are connected the server also sees your internet address.",
  "stored.rows":
    "{count, plural, =0 {No rows of yours} one {# row of yours} other {# rows of yours, the newest shown}}",
  "stored.length": "({count, plural, one {# character} other {# characters}})",
  "stored.meta": "Facts about the installation. Nobody's own.",
  "stored.users": "Who you are to others: your name, and the key that others lock messages with.",
  "stored.credentials":
    "How you prove your password without showing it, and your secret key, locked twice: by your password and by your recovery key.",
  "stored.sessions": "The devices on which you are signed in.",
  "stored.refresh_tokens": "What keeps your devices signed in, as a fingerprint that can't be used.",
  "stored.challenges": "Sign-ins that have begun and not ended.",
  "stored.redeemed_tickets": "Used tickets for connections. Nobody's own.",
  "stored.retired_names":
    "Names of deleted accounts as fingerprints, so that nobody takes one over. Nobody's own.",
  "stored.user_blocks": "Whom you have blocked.",
  "stored.account_data": "Your settings, drafts and what you know of others' keys, locked.",
  "stored.conversations": "That you have conversations, and when they were last used.",
  "stored.conversation_members": "Which conversations you are in.",
  "stored.messages":
    "Who wrote to whom and when, when it arrived and was read, and the message itself as ciphertext.",
  "stored.feed_counters": "How far your devices have come.",
  "stored.feed_events":
    "What your devices still have to hear of: that something happened, not what was written.",
  "settings.notifications": "Notifications",
  "settings.notify": "Notify me of new messages",
  "settings.notifyHint":
    "While Sotto is open and out of sight. Muted conversations and requests stay silent.",
  "settings.notifyDenied":
    "This browser does not allow notifications for this page. You can change that in its settings.",
  "settings.sound": "Sound",
  "export.title": "Export",
  "export.text":
    "Everything you have, decrypted on this device and put into a file that is yours to keep safe: as a page to read, or as data for programs.",
  "export.html": "As a page (HTML)",
  "export.json": "As data (JSON)",
  "export.progress": "How much is exported",
  "export.pageTitle": "Messages of {username}",
  "export.incomplete": "Older messages could not be loaded.",
  "export.deleted": "Deleted",
  "import.title": "Import",
  "import.text":
    "Brings an export of yours (JSON) back, after a move to another server for example. Its messages can be read and found in this browser until you sign out here, and are marked as imported.",
  "import.choose": "Choose a file",
  "import.progress": "How much is imported",
  "import.cancelled": "The import was cancelled. Nothing of it is left.",
  "import.done":
    "{count, plural, =0 {Nothing new to import.} one {# message was imported.} other {# messages were imported.}}",
  "import.present": "{count, plural, one {# was here already.} other {# were here already.}}",
  "import.missing":
    "You have no conversation here with these people, so their messages were left out: {names}. Open one with each of them, then import again.",
} as const;
