/** What the first screen can do without, in one chunk: both dialogs share most of their weight. */
export { NewConversationDialog } from "../features/people/new-conversation-dialog.tsx";
export { AccountDialog } from "../features/settings/account-dialog.tsx";
