import { BlockedLine } from "../../features/chat/blocked-line.tsx";
import { KeyStop } from "../../features/chat/key-stop.tsx";
import { RequestLine } from "../../features/chat/request-line.tsx";
import { conversation } from "./gallery-conversation.ts";
import styles from "./gallery.module.css";

const mira = conversation("mira", {});

/** What stands in the place of the composer. */
export function GalleryInstead() {
  return (
    <div className={styles["stack"]}>
      <BlockedLine peer={mira.peer} />
      <RequestLine conversation={mira} />
      <KeyStop conversation={mira} />
    </div>
  );
}
