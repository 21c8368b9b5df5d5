import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { Combobox } from "../../ui/Combobox";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { FormFrame } from "./FormFrame";
import { LiveAccounts } from "./account-documents";
import { CreateDelegation, DelegateCandidates } from "./own-documents";
import { useForm } from "./use-form";

const created = (data: ResultOf<typeof CreateDelegation>) => data.createDelegation;

interface DelegateDialogProps {
  /** Whose roles are held, when an administrator asks; left out, one's own. */
  readonly from?: { readonly id: string; readonly displayName: string };
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 委托代理: who, from when to when, why. */
export function DelegateDialog({ from, onDone, onClose }: DelegateDialogProps) {
  const t = useMessages("access");
  const { today } = useToday();
  const people = useCandidates(from?.id);
  const act = useKeyedAct(CreateDelegation, created);
  const [to, setTo] = useState<string | null>(null);
  const [typedFirst, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [reason, setReason] = useState("");
  const first = typedFirst === "" ? (today ?? "") : typedFirst;
  const form = useForm(
    () =>
      act({
        ...(from === undefined ? {} : { from: from.id }),
        to: to ?? "",
        firstDay: first,
        lastDay: last,
        reason,
      }),
    onDone,
  );
  return (
    <Dialog
      title={
        from === undefined
          ? t("delegations.new")
          : t("delegations.newFor", { name: from.displayName })
      }
      onClose={onClose}
    >
      <FormFrame
        form={form}
        fields={["to", "firstDay", "lastDay", "reason"]}
        submit={t("delegations.send")}
        isDisabled={to === null || first === "" || last === ""}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">
          {t(from === undefined ? "delegations.rules" : "delegations.rulesFor")}
        </p>
        <Combobox
          label={t("delegations.to")}
          options={people.map((one) => ({
            id: one.id,
            label: one.displayName,
            hint: one.department.shortName,
          }))}
          value={to}
          error={form.errorOf("to")}
          onChange={setTo}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("firstDay")} isRequired error={form.errorOf("firstDay")}>
            <DateInput
              value={first}
              {...(today === null ? {} : { min: today })}
              onChange={setFirst}
            />
          </Field>
          <Field label={t("lastDay")} isRequired error={form.errorOf("lastDay")}>
            <DateInput value={last} min={first} onChange={setLast} />
          </Field>
        </div>
        <Field label={t("reason")} isRequired error={form.errorOf("reason")}>
          <TextInput value={reason} onChange={setReason} placeholder={t("reason.example")} />
        </Field>
      </FormFrame>
    </Dialog>
  );
}

/** Those around one, or for an administrator everybody in reach. */
function useCandidates(from: string | undefined) {
  const isOwn = from === undefined;
  const [around] = useQuery({
    query: DelegateCandidates,
    variables: { text: null },
    pause: !isOwn,
  });
  const [all] = useQuery({ query: LiveAccounts, pause: isOwn });
  if (isOwn) return around.data?.viewer?.delegateCandidates ?? [];
  const people = (all.data?.accounts.edges ?? []).map(({ node }) => node);
  return people.filter((one) => one.id !== from);
}
