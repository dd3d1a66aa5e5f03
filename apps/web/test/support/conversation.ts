import type { Conversation } from "@sotto/client";
import { conversation as inGallery } from "../../src/app/gallery/gallery-conversation.ts";

/** One that nothing is special about, with a person whose name is its id. */
export function conversation(username: string, more: Partial<Conversation> = {}): Conversation {
  return inGallery(username, { lastMessage: null, ...more });
}
