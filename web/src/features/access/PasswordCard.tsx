import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { refreshSession } from "../../graphql/session";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { useToast } from "../../ui/Toast";
import { FormFrame } from "./FormFrame";
import { NewPassword } from "./NewPassword";
import { ChangePassword } from "./own-documents";
import { useForm } from "./use-form";

const changed = (data: ResultOf<typeof ChangePassword>) => data.changePassword;

/** 密码: another one of one's own. */
export function PasswordCard() {
  const t = useMessages("access");
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title={t("password")}
      subtitle={t("password.about")}
      actions={
        <Button size="small" onClick={() => setOpen(true)}>
          {t("password.change")}
        </Button>
      }
    >
      {isOpen && (
        <PasswordDialog
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            toast({ message: t("password.changed") });
          }}
        />
      )}
    </Card>
  );
}

interface PasswordDialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function PasswordDialog({ onDone, onClose }: PasswordDialogProps) {
  const t = useMessages("access");
  const act = useAct(ChangePassword, changed);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const form = useForm(
    () => act({ currentPassword: current, newPassword: password }),
    () => {
      // The access token is worth nothing now; the session goes on.
      refreshSession().catch(() => undefined);
      onDone();
    },
  );
  return (
    <Dialog title={t("password.change")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["currentPassword", "newPassword"]}
        submit={t("password.save")}
        isDisabled={current === "" || password === "" || again !== password}
        onCancel={onClose}
      >
        <Field label={t("password.current")} isRequired error={form.errorOf("currentPassword")}>
          <TextInput
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
        </Field>
        <NewPassword
          password={password}
          again={again}
          onPassword={setPassword}
          onAgain={setAgain}
          error={form.errorOf("newPassword")}
        />
      </FormFrame>
    </Dialog>
  );
}
