import { useState } from "react";
import type { MessageState } from "@sotto/client";
import { Ban } from "lucide-react";
import { Avatar } from "../../components/avatar.tsx";
import { Broken } from "../../components/broken.tsx";
import { Button, IconButton } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Logo } from "../../components/logo.tsx";
import { Mark } from "../../components/mark.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Select } from "../../components/select.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { Switch } from "../../components/switch.tsx";
import { TextField } from "../../components/text-field.tsx";
import styles from "./gallery.module.css";

const looks = ["filled", "outlined", "quiet", "danger"] as const;
const states: MessageState[] = ["queued", "sent", "delivered", "read", "refused", "imported"];
const choices = [
  { value: "short", label: "Select" },
  {
    value: "long",
    label: "With a choice that is longer than the field is wide, as names in other languages may be",
  },
] as const;
/** Not keys of anyone: only their first letters count, for the colour. */
const publicKeys = ["AAAAkeyA", "kF3zZp0N", "q9Lm2Xc7", "Zz81kdPw"];

export function GalleryControls() {
  const [text, setText] = useState("ada");
  const [choice, setChoice] = useState<(typeof choices)[number]["value"]>("short");
  const [on, setOn] = useState(true);
  return (
    <div className={styles["stack"]}>
      <div className={styles["strip"]}>
        <Logo />
        <Logo size="large" />
        <Spinner />
      </div>
      {looks.map((look) => (
        <div key={look} className={styles["strip"]}>
          <Button look={look}>{look}</Button>
          <Button look={look} busy>
            Busy
          </Button>
          <Button look={look} disabled>
            Disabled
          </Button>
        </div>
      ))}
      <div className={styles["strip"]}>
        <IconButton aria-label="Icon button">
          <Ban aria-hidden="true" />
        </IconButton>
        {states.map((state) => (
          <Mark key={state} state={state} />
        ))}
      </div>
      <div className={styles["strip"]}>
        {(["small", "medium", "large"] as const).map((size) => (
          <Avatar key={size} name="ada.lovelace" publicKey="AAAAkeyA" size={size} />
        ))}
        {publicKeys.map((publicKey) => (
          <Avatar key={publicKey} name="mira" publicKey={publicKey} />
        ))}
        <Avatar name="nobody" />
        <Avatar name="mira" publicKey="kF3zZp0N" present />
      </div>
      <TextField label="Text field" value={text} onValueChange={setText} hint="A hint below it." />
      <TextField label="With an error" value={text} onValueChange={setText} error="This name is taken." />
      <PasswordField label="Password field" value={text} onValueChange={setText} />
      <Select label="Select" value={choice} options={choices} onValueChange={setChoice} />
      <Select label="With a long choice" value="long" options={choices} onValueChange={setChoice} />
      <FieldError text="An error of a whole form." />
      <Checkbox label="Checkbox" checked={on} onCheckedChange={setOn} />
      <Switch label="Switch" hint="With what it means." checked={on} onCheckedChange={setOn} />
      <Switch label="Disabled switch" disabled checked={false} onCheckedChange={setOn} />
      <Notice>A plain notice.</Notice>
      <Notice look="warning">A warning.</Notice>
      <Notice look="danger">Something dangerous.</Notice>
      <Broken look="pane" error={null} />
    </div>
  );
}
