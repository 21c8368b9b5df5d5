import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { Select } from "../../ui/Select";
import { type AccountRow, GrantRole } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { ROLES } from "./roles";
import { UnitPicker } from "./UnitPicker";
import { useForm } from "./use-form";

const given = (data: ResultOf<typeof GrantRole>) => data.grantRole;
const REACHES = ["SELF", "SUBTREE"] as const;

interface GrantDialogProps {
  readonly account: AccountRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 授权: a role over a unit, from when to when. */
export function GrantDialog({ account, onDone, onClose }: GrantDialogProps) {
  const t = useMessages("accounts");
  const { today } = useToday();
  const act = useKeyedAct(GrantRole, given);
  const [role, setRole] = useState<(typeof ROLES)[number]>("LIAISON");
  const [unit, setUnit] = useState<string | null>(account.department.id);
  const [reach, setReach] = useState<(typeof REACHES)[number]>("SELF");
  const [typedFirst, setFirst] = useState("");
  const [last, setLast] = useState("");
  const first = typedFirst === "" ? (today ?? "") : typedFirst;
  const form = useForm(
    () =>
      act({
        accountId: account.id,
        role,
        departmentId: unit ?? "",
        reach,
        firstDay: first,
        lastDay: last === "" ? null : last,
      }),
    onDone,
  );
  return (
    <Dialog title={t("grant.new", { name: account.displayName })} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["role", "departmentId", "firstDay", "lastDay"]}
        submit={t("grant.send")}
        isDisabled={unit === null || first === ""}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("grant.about")}</p>
        <Field label={t("role")} isRequired error={form.errorOf("role")}>
          <Select
            value={role}
            options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            onChange={setRole}
          />
        </Field>
        <UnitPicker
          label={t("grant.unit")}
          value={unit}
          onChange={setUnit}
          error={form.errorOf("departmentId")}
        />
        <SegmentedControl
          label={t("reach")}
          value={reach}
          options={REACHES.map((value) => ({ value, label: t(`reach.${value}`) }))}
          onChange={setReach}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("firstDay")} isRequired error={form.errorOf("firstDay")}>
            <DateInput
              value={first}
              {...(today === null ? {} : { min: today })}
              onChange={setFirst}
            />
          </Field>
          <Field label={t("lastDay")} hint={t("lastDay.hint")} error={form.errorOf("lastDay")}>
            <DateInput value={last} min={first} onChange={setLast} />
          </Field>
        </div>
      </FormFrame>
    </Dialog>
  );
}
