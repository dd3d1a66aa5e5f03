import type { ComponentProps } from "react";
import { limits } from "@sotto/protocol";
import { TextField } from "../../components/text-field.tsx";

type Props = Pick<ComponentProps<typeof TextField>, "value" | "onValueChange" | "hint" | "error">;

export function UsernameField(props: Props) {
  return (
    <TextField
      {...props}
      label="Username"
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
