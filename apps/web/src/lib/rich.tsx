import type { ReactElement } from "react";
import { Trans } from "@lingui/react";
import type { MessageKey, ValuesOf } from "./i18n.ts";

type Props<Key extends MessageKey> = {
  id: Key;
  /** What stands for the tags of the message: `<link>` is drawn by `components.link`. */
  components: Record<string, ReactElement>;
} & (ValuesOf<Key> extends [infer Values] ? { values: Values } : { values?: never });

/** A message with something in it that is more than text. */
export function Rich<Key extends MessageKey>({ id, components, values }: Props<Key>) {
  return <Trans id={id} components={components} values={(values ?? {}) as Record<string, unknown>} />;
}
