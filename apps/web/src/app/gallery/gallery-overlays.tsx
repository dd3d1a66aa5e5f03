import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { EmojiPicker } from "../../components/emoji-picker.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { Popover } from "../../components/popover.tsx";
import { QuestionDialog } from "../../components/question-dialog.tsx";
import { ChatContext } from "../../features/chat/chat-context.ts";
import { DetailsDialog } from "../../features/chat/details-dialog.tsx";
import { MessageMenu } from "../../features/chat/message-menu.tsx";
import { chat } from "./gallery-chat.ts";
import { examples } from "./gallery-examples.ts";
import { GalleryMenu } from "./gallery-menu.tsx";
import styles from "./gallery.module.css";

type Opening = { anchor: Anchor; onClose: () => void };

/** The menus of the others are like one of these. */
const withMenu = ["a read message", "a refused message", "somebody's message"] as const;

/** By the words of the button that opens it. */
const overlays: Record<string, (opening: Opening) => ReactNode> = {
  Menu: (opening) => <GalleryMenu {...opening} />,
  Popover: ({ anchor, onClose }) => (
    <Popover label="Popover" anchor={anchor} onClose={onClose}>
      <p className={styles["brief"]}>What it is about.</p>
    </Popover>
  ),
  "Emoji picker": ({ anchor, onClose }) => (
    <Popover label="Emoji picker" anchor={anchor} onClose={onClose}>
      <EmojiPicker onPick={onClose} />
    </Popover>
  ),
  Dialog: ({ onClose }) => (
    <Dialog title="Dialog" onClose={onClose}>
      <p className={styles["padded"]}>What it is about.</p>
    </Dialog>
  ),
  "Tall dialog": ({ onClose }) => (
    <Dialog
      title="A tall dialog, whose title goes on for more than a line and names maximiliana.von-hohenstein.berg1"
      onClose={onClose}
      tall
    >
      <p className={styles["padded"]}>As high as a phone, whatever is in it.</p>
    </Dialog>
  ),
  Question: ({ onClose }) => (
    <QuestionDialog
      title="Question"
      confirmLabel="Do it"
      look="filled"
      onConfirm={() => Promise.resolve()}
      onClose={onClose}
    >
      What one should know before one decides.
    </QuestionDialog>
  ),
  "Grave question": ({ onClose }) => (
    <QuestionDialog
      title="Grave question"
      confirmLabel="Fails"
      look="danger"
      onConfirm={() => Promise.reject(new Error("What happened, and what helps."))}
      onClose={onClose}
    >
      What one should know before one decides. Confirming it fails.
    </QuestionDialog>
  ),
  ...Object.fromEntries(
    withMenu.map((name) => [
      `Menu of ${name}`,
      (opening: Opening) => <MessageMenu message={examples[name]} {...opening} />,
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(examples).map(([name, message]) => [
      `Details of ${name}`,
      ({ onClose }: Opening) => <DetailsDialog message={message} onClose={onClose} />,
    ]),
  ),
};

/** Each opens from a button, as it does in the app. */
export function GalleryOverlays() {
  const [opened, setOpened] = useState<{ name: string; anchor: Anchor } | null>(null);
  const onClose = () => setOpened(null);
  return (
    <ChatContext value={chat}>
      <ul className={styles["strip"]} aria-label="What opens">
        {Object.keys(overlays).map((name) => (
          <li key={name}>
            <Button
              look="outlined"
              onClick={({ currentTarget }) => {
                const { x, y, width, height } = currentTarget.getBoundingClientRect();
                setOpened({ name, anchor: { x, y, width, height } });
              }}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
      {opened === null ? null : overlays[opened.name]?.({ anchor: opened.anchor, onClose })}
    </ChatContext>
  );
}
