/** A conversation at one message: the log jumps there and shows which one it is. */
export function messagePath(conversationId: string, messageId: string): string {
  return `/c/${conversationId}?message=${messageId}`;
}
