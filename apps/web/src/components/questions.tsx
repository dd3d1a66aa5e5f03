import { Suspense } from "react";
import type { Person } from "@sotto/client";
import { useTranslate } from "../lib/i18n.ts";
import { lazyPart } from "../lib/lazy-part.ts";
import { nameOf } from "../lib/names.ts";
import { Boundary } from "./boundary.tsx";
import type { Question } from "./question-dialog.tsx";

const QuestionDialog = lazyPart(async () => (await import("./question-dialog.tsx")).QuestionDialog);

type Props = { peer: Person } & Pick<Question, "onConfirm" | "onClose">;

/** Nothing that a blocked person sends comes later. */
export function BlockQuestion({ peer, ...rest }: Props) {
  const t = useTranslate();
  const name = nameOf(t, peer);
  return (
    <GraveQuestion
      title={t("common.blockQuestion", { name })}
      confirmLabel={t("common.blockNow")}
      explanation={t("common.blockExplained", { name })}
      {...rest}
    />
  );
}

/** Whoever was verified is written to under another key only after this. */
export function AcceptKeyQuestion({ peer, ...rest }: Props) {
  const t = useTranslate();
  const name = nameOf(t, peer);
  return (
    <GraveQuestion
      title={t("common.acceptKeyQuestion", { name })}
      confirmLabel={t("common.acceptKeyNow")}
      explanation={t("common.acceptKeyExplained", { name })}
      {...rest}
    />
  );
}

type GraveProps = Pick<Question, "title" | "confirmLabel" | "onConfirm" | "onClose"> & {
  explanation: string;
};

function GraveQuestion({ explanation, ...rest }: GraveProps) {
  return (
    <Boundary look="strip" onClose={rest.onClose}>
      <Suspense fallback={null}>
        <QuestionDialog look="danger" {...rest}>
          {explanation}
        </QuestionDialog>
      </Suspense>
    </Boundary>
  );
}
