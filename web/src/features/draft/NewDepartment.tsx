import { useMemo, useState } from "react";
import type { VariablesOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { DepartmentPicker } from "./DepartmentPicker";
import { proposedCode } from "./department-match";
import { useDraft } from "./draft-context";
import type { RefusedFieldData } from "../../graphql/refused-field";
import type { ResolveDepartmentName } from "./mutations";
import { messageFor, type Outcome } from "../../graphql/outcome";
import { SaveState } from "../../states/SaveState";

type Create = NonNullable<VariablesOf<typeof ResolveDepartmentName>["input"]["create"]>;

const KINDS = [
  "HQ_DEPARTMENT",
  "AFFILIATED_INSTITUTION",
  "PARTNER",
  "SUPERIOR",
  "PROVINCIAL_SOCIETY",
  "MUNICIPAL_ASSOCIATION",
  "COUNTY_ASSOCIATION",
  "UNIVERSITY_ASSOCIATION",
  "ENTERPRISE_ASSOCIATION",
  "HOSPITAL_ASSOCIATION",
  "INSTITUTE_ASSOCIATION",
] as const;
const FIELDS = ["code", "name", "kind", "parent"] as const;

interface NewDepartmentProps {
  /** The name as it stands in the text. */
  readonly name: string;
  readonly onCreate: (create: Create) => Promise<Outcome>;
  readonly onCancel: () => void;
}

/** Registers a department under a name of the plan. */
export function NewDepartment({ name, onCreate, onCancel }: NewDepartmentProps) {
  const t = useMessages("draft");
  const { departments } = useDraft();
  const taken = useMemo(() => new Set(departments.map((one) => one.code)), [departments]);
  const root = departments.find((one) => one.kind === "PROVINCIAL_ASSOCIATION");
  const [values, setValues] = useState<Create>(() => ({
    code: proposedCode(name, taken),
    name,
    kind: "PARTNER",
    parent: root?.id ?? null,
  }));
  const [outcome, setOutcome] = useState<Outcome | "saving" | null>(null);
  const errors: readonly RefusedFieldData[] =
    outcome !== null && outcome !== "saving" && outcome.kind === "refused" ? outcome.errors : [];
  const set = (patch: Partial<Create>): void => {
    setValues((known) => ({ ...known, ...patch }));
  };
  const create = async (): Promise<void> => {
    setOutcome("saving");
    setOutcome(await onCreate(values));
  };

  return (
    <form
      className="grid gap-3 rounded-card border border-line bg-paper p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <Field label={t("department.name")} error={messageFor(errors, "name")}>
        <TextInput
          value={values.name}
          onChange={(typed) => {
            set({ name: typed });
          }}
        />
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("department.code")} error={messageFor(errors, "code")}>
          <TextInput
            value={values.code}
            onChange={(code) => {
              set({ code });
            }}
          />
        </Field>
        <Field label={t("department.kind")} error={messageFor(errors, "kind")}>
          <Select
            value={values.kind}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => {
              set({ kind });
            }}
          />
        </Field>
      </div>
      <DepartmentPicker
        label={t("department.parent")}
        departments={departments}
        value={values.parent ?? null}
        error={messageFor(errors, "parent")}
        onChoose={(parent) => {
          set({ parent });
        }}
      />
      <SaveState
        status={outcome === null ? "idle" : outcome === "saving" ? "saving" : statusOf(outcome)}
        errors={errors}
        requestId={null}
        fields={FIELDS}
        onRetry={() => void create()}
        onReset={onCancel}
      />
      <div className="flex gap-2">
        <Button type="submit" isPending={outcome === "saving"}>
          {t("department.create")}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function statusOf(outcome: Outcome) {
  return outcome.kind === "done" ? "saved" : outcome.kind;
}
