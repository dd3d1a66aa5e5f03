/** What the first screen can do without, in one chunk: these share most of their weight. */
export { NewConversationDialog } from "../features/people/new-conversation-dialog.tsx";
export { Palette } from "../features/search/palette.tsx";
export { ShortcutsDialog } from "./shortcuts-dialog.tsx";
export { SettingsScreen } from "../features/settings/settings-screen.tsx";
export { StoredScreen } from "../features/settings/stored-screen.tsx";
export { PersonScreen } from "../features/trust/person-screen.tsx";
