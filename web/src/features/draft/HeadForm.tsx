import { useMemo } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import { useDraft } from "./draft-context";
import type { DraftHeadData } from "./fragments";
import { UpdatePlan } from "./mutations";
import { messageFor, type Outcome } from "../../graphql/outcome";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit } from "../../states/use-edit";

interface Head {
  readonly title: string;
  readonly issuingBody: string;
  readonly documentNumber: string;
  readonly year: string;
  readonly issuedOn: string;
}

const FIELDS = ["title", "issuingBody", "documentNumber", "year", "issuedOn"] as const;
const payloadOf = (data: ResultOf<typeof UpdatePlan>) => data.updatePlan;

function headOf(plan: DraftHeadData): Head {
  return {
    title: plan.title,
    issuingBody: plan.issuingBody ?? "",
    documentNumber: plan.documentNumber ?? "",
    year: String(plan.year),
    issuedOn: plan.issuedOn ?? "",
  };
}

/** Title, issuer, number, year and date of the document; stored when the form is left. */
export function HeadForm() {
  const t = useMessages("draft");
  const { plan, reload } = useDraft();
  const act = useAct(UpdatePlan, payloadOf);
  const stored = useMemo(() => headOf(plan), [plan]);
  const commit = ({ year, issuedOn, ...words }: Partial<Head>): Promise<Outcome> =>
    act({
      planId: plan.id,
      expectedVersion: plan.version,
      ...words,
      ...(year === undefined ? {} : { year: Number(year) }),
      ...(issuedOn === undefined || issuedOn === "" ? {} : { issuedOn }),
    });
  const edit = useEdit<Head>(stored, commit, reload);
  const isConflict = edit.status === "conflict";
  const hint = (field: keyof Head): string | undefined =>
    isConflict && edit.typed[field] !== undefined
      ? t("save.stored", { value: stored[field] })
      : undefined;

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void edit.save();
      }}
      onBlur={(event) => {
        const isLeft = event.target instanceof HTMLElement && event.relatedTarget !== event.target;
        if (edit.isDirty && isLeft && !isConflict) void edit.save();
      }}
    >
      <Field label={t("head.title")} hint={hint("title")} error={messageFor(edit.errors, "title")}>
        <TextArea
          rows={2}
          value={edit.values.title}
          onChange={(title) => {
            edit.set({ title });
          }}
        />
      </Field>
      <Field
        label={t("head.issuingBody")}
        hint={hint("issuingBody")}
        error={messageFor(edit.errors, "issuingBody")}
      >
        <TextInput
          value={edit.values.issuingBody}
          onChange={(issuingBody) => {
            edit.set({ issuingBody });
          }}
        />
      </Field>
      <Field
        label={t("head.documentNumber")}
        hint={hint("documentNumber")}
        error={messageFor(edit.errors, "documentNumber")}
      >
        <TextInput
          value={edit.values.documentNumber}
          onChange={(documentNumber) => {
            edit.set({ documentNumber });
          }}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("head.year")} hint={hint("year")} error={messageFor(edit.errors, "year")}>
          <TextInput
            value={edit.values.year}
            inputMode="numeric"
            onChange={(year) => {
              edit.set({ year: year.replace(/\D/gu, "").slice(0, 4) });
            }}
          />
        </Field>
        <Field
          label={t("head.issuedOn")}
          hint={hint("issuedOn")}
          error={messageFor(edit.errors, "issuedOn")}
        >
          <DateInput
            value={edit.values.issuedOn}
            onChange={(issuedOn) => {
              edit.set({ issuedOn });
            }}
          />
        </Field>
      </div>
      <SaveState
        status={edit.status}
        errors={edit.errors}
        requestId={edit.requestId}
        fields={FIELDS}
        onRetry={() => void edit.save()}
        onReset={edit.reset}
      />
      <p className="caption text-sm text-muted">
        {t("head.source", { file: plan.sourceFile, count: plan.sourceCharacters })}
      </p>
    </form>
  );
}
