import { Screen, Section } from "../../components/screen.tsx";
import { GalleryControls } from "./gallery-controls.tsx";
import { GalleryConversations } from "./gallery-conversations.tsx";
import { GalleryInstead } from "./gallery-instead.tsx";
import { GalleryMessages } from "./gallery-messages.tsx";
import { GalleryOverlays } from "./gallery-overlays.tsx";
import { GalleryScan } from "./gallery-scan.tsx";

/**
 * Every component in its states, at `/gallery`: for those who work on the app, and for pictures. No link leads here,
 * it is in English alone, and nothing on it does anything.
 */
export function Gallery() {
  return (
    <Screen title="Gallery" back={{ href: "/", label: "Back to all" }}>
      <Section title="Controls">
        <GalleryControls />
      </Section>
      <Section title="What opens">
        <GalleryOverlays />
      </Section>
      <Section title="Messages">
        <GalleryMessages />
      </Section>
      <Section title="Instead of the composer">
        <GalleryInstead />
      </Section>
      <Section title="Conversations">
        <GalleryConversations />
      </Section>
      <Section title="Scanning a safety number">
        <GalleryScan />
      </Section>
    </Screen>
  );
}
