import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { CodeField } from "./CodeField";
import { RemoveSecondFactor, RenewRecoveryCodes } from "./factor-documents";
import { FormFrame } from "./FormFrame";
import { RecoveryCodes } from "./RecoveryCodes";
import { useForm } from "./use-form";

const removed = (data: ResultOf<typeof RemoveSecondFactor>) => data.removeSecondFactor;
const renewed = (data: ResultOf<typeof RenewRecoveryCodes>) => data.renewRecoveryCodes;

interface FactorDialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Takes one's own second factor away. */
export function RemoveDialog({ onDone, onClose }: FactorDialogProps) {
  const t = useMessages("factor");
  const act = useAct(RemoveSecondFactor, removed);
  const [code, setCode] = useState("");
  const form = useForm(() => act({ code }), onDone);
  return (
    <Dialog title={t("remove")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["code"]}
        submit={t("remove.send")}
        isDisabled={code === ""}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("remove.about")}</p>
        <CodeField value={code} onChange={setCode} error={form.errorOf("code")} />
      </FormFrame>
    </Dialog>
  );
}

/** Gives new recovery codes. */
export function RenewDialog({ onDone, onClose }: FactorDialogProps) {
  const t = useMessages("factor");
  const act = useAct(RenewRecoveryCodes, renewed);
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useForm(
    () => act({ code }),
    (answer) => setCodes(answer?.recoveryCodes ?? []),
  );
  if (codes !== null) {
    return (
      <Dialog title={t("codes.title")} onClose={onDone}>
        <RecoveryCodes codes={codes} done={t("codes.kept")} onDone={onDone} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("renew")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["code"]}
        submit={t("renew.send")}
        isDisabled={code === ""}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("renew.about")}</p>
        <CodeField value={code} onChange={setCode} error={form.errorOf("code")} />
      </FormFrame>
    </Dialog>
  );
}
