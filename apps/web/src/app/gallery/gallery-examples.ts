import type { Message } from "@sotto/client";
import { at, toMessage } from "./gallery-chat.ts";
import type { Content } from "./gallery-chat.ts";

const own: Content = { senderId: "me", state: "read", text: "Yes, at ten." };

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";
/** More than a screen of them. */
const edits = Array.from({ length: 24 }, (_, index) => ({
  text: index % 2 === 0 ? "Yes, at nine." : `Yes, at nine.\nOr was it at the ${longWord}?`,
  createdAt: at(index),
}));

/** One message for each thing that its details can say, by what it is. */
export const examples = {
  "a read message": toMessage({ ...own, deliveredAt: at(1), readAt: at(47) }, 0),
  "a queued message": toMessage({ ...own, state: "queued" }, 0),
  "a refused message": toMessage({ ...own, state: "refused", refusal: "The conversation is full." }, 0),
  "somebody's message": toMessage({ senderId: "mira", state: "read", text: "On Thursday?" }, 0),
  "an imported message": toMessage({ ...own, state: "imported", importedAt: at(50) }, 0),
  "an edited message": toMessage({ ...own, state: "sent", editedAt: at(40), edits }, 0),
} satisfies Record<string, Message>;
