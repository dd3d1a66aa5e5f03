/** Everything that must never happen, by the name under which it is reported. */
export const violationKinds = {
  "acknowledged-lost": "an acknowledged message is not in the database",
  "stored-differently": "a message is stored otherwise than it was acknowledged",
  "sent-twice": "one send became several messages",
  "never-sent": "a message that nobody sent",
  "shown-differently": "text, sender or conversation differ from what was sent",
  "sender-order": "messages of one device are stored out of order",
  refused: "a send was refused",
  "signed-out-unasked": "a device lost its session, and its store with it, though nobody had ended it",
  "left-queued": "a message never left the device",
  "feed-sequence": "a feed in the database has a hole or a repeat",
  "feed-missing": "a stored message is missing in a feed",
  "feed-doubled": "a message stands twice in a feed",
  "feed-order": "a feed has the messages of a conversation out of order",
  "applied-hole": "a client skipped numbers of its feed",
  "applied-repeat": "a client applied a number of its feed again",
  "applied-other-feed": "a client applied an event that the database does not have",
  "applied-missing": "a client never announced a message",
  "applied-twice": "a client announced a message twice",
  "applied-out-of-order": "a client announced a message out of its turn",
  "left-behind": "a client did not reach the end of its feed",
  complaint: "a client says that something is wrong with a message",
  "receipt-backwards": "a receipt went backwards or came again",
  "receipt-unknown": "a receipt for a message that was never sent",
  "never-delivered": "a message that arrived was never marked as delivered",
  "mark-differs": "a client shows another mark than the database has",
  "history-missing": "a message is missing in a history",
  "history-doubled": "a message stands twice in a history",
  "history-order": "a history is out of order",
  plaintext: "something secret is on the server's side",
  unsettled: "the system did not come to rest",
  died: "a process ended by itself",
  "stop-failed": "the server did not stop as it should",
} as const;

export type ViolationKind = keyof typeof violationKinds;

export type Violation = { kind: ViolationKind; detail: string };
export type Report = (kind: ViolationKind, detail: string) => void;
