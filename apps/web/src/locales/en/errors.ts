import type { SottoErrorCode } from "@sotto/client";

/** What the app itself says, beside the messenger. */
type AppErrorCode = "other" | "interrupted" | "load-failed";

/** What went wrong, by the code of the error; `detail` is the sentence that came with it, in English. */
export const errors = {
  "error.other": "Something went wrong. Please try again.",
  "error.bad-input": "{detail}",
  "error.bad-cursor": "{detail}",
  "error.bad-public-key": "{detail}",
  "error.username-taken": "This name is taken. Choose another one.",
  "error.unknown-user": "There is no one with this name here.",
  "error.unknown-conversation": "There is no such conversation, or you are not in it.",
  "error.unknown-message": "There is no such message in this conversation.",
  "error.unknown-session": "There is no such session, or it has ended already.",
  "error.wrong-credentials": "The username or the password is wrong.",
  "error.registration-closed": "This server takes no new people.",
  "error.invite-code-wrong": "This invite code is not the right one. Ask the person who gave it to you.",
  "error.challenge-expired": "This took too long. Start again.",
  "error.not-signed-in": "Sign in first.",
  "error.session-ended": "This session has ended. Sign in again.",
  "error.rate-limited": "Too many attempts. Wait a little, then try again.",
  "error.to-yourself": "That is you. Choose someone else.",
  "error.wrong-recipients": "The message is addressed to somebody who is not here.",
  "error.envelope-invalid": "The server could not take the message.",
  "error.envelope-too-large": "The message is too long. Send it in parts.",
  "error.id-conflict": "The server could not take the message.",
  "error.version-conflict": "This was changed on another device at the same time. Try again.",
  "error.too-many-subscriptions": "Too many windows are open. Close some of them.",
  "error.too-many-blocks": "You have blocked as many people as fit. Unblock someone first.",
  "error.socket-only": "{detail}",
  "error.unavailable": "The server can't reach its database right now. Try again in a moment.",
  "error.internal": "Something went wrong in Sotto. Reload the page and try again.",
  "error.already-signed-in": "Someone is signed in here already. Sign out first.",
  "error.blocked": "You have blocked this person, so nothing was sent. Unblock them first.",
  "error.closed": "Sotto was closed in the middle of this. Reload the page.",
  "error.empty-message": "Write something first: the message is empty.",
  "error.key-changed":
    "The key of this person is not the one that you verified, so nothing was sent. Compare safety numbers with them again.",
  "error.message-too-large": "The message is too long. Send it in parts.",
  "error.import-running": "An import is running already. Wait for its end, or cancel it.",
  "error.not-an-export":
    "This is not an export of Sotto as data (JSON), or a part of it is damaged. Nothing was imported.",
  "error.not-your-export": "This is the export of somebody else. Only your own can be imported.",
  "error.not-possible":
    "This can't be done with this message: it was imported, deleted, refused or can't be read.",
  "error.not-yours": "Only who wrote a message can change or delete it.",
  "error.offline": "The server can't be reached right now. Check the connection and try again.",
  "error.store-in-use": "{detail}",
  "error.store-unreadable":
    "This browser does not let the page keep or read its data. A private window or a full disk can be the reason.",
  "error.untrusted-answer":
    "The server gave an answer that does not fit, and it was not used. Tell whoever runs it.",
  "error.weak-password":
    "The password is easy to guess. Use a longer one, or a few words that do not belong together.",
  "error.wrong-recovery-key": "This is not a recovery key of this account. Check every group.",
  "error.interrupted":
    "Sotto moved to another tab in the middle of this. Look whether it happened before you repeat it.",
  "error.load-failed": "Part of Sotto could not be loaded. Check the connection and reload the page.",
} as const satisfies Record<`error.${SottoErrorCode | AppErrorCode}`, string>;
