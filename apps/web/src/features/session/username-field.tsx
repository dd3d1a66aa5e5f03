import type { ComponentProps } from "react";
import { limits } from "@sotto/protocol";
import { TextField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n.ts";

type Props = Pick<ComponentProps<typeof TextField>, "value" | "onValueChange" | "hint" | "error">;

export function UsernameField(props: Props) {
  const t = useTranslate();
  return (
    <TextField
      {...props}
      label={t("session.username")}
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      maxLength={limits.usernameMaxLength}
    />
  );
}
