import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Checkbox } from "../../../ui/Checkbox";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { TextArea } from "../../../ui/TextArea";
import { TextInput } from "../../../ui/TextInput";
import type { Form } from "../use-form";
import { daysOf, lastDayFrom } from "./standing";
import type { Scope, TokenRow } from "./token-documents";
import type { TypedToken } from "./use-token-form";

/** What a token may be given beside reading, in the order of how often that is. */
const SCOPES = [
  "MEASUREMENT_WRITE",
  "REPORT_WRITE",
  "ALLOCATION_WRITE",
  "TASK_WRITE",
  "NOTICE_REPLY",
] as const satisfies readonly Scope[];

interface TokenFieldsProps {
  readonly typed: TypedToken;
  readonly onChange: (part: Partial<TypedToken>) => void;
  readonly errorOf: Form["errorOf"];
  /** Tokens whose place it may take. */
  readonly live: readonly TokenRow[];
  readonly today: string | null;
}

/** The fields of a token that is to be made. */
export function TokenFields({ typed, onChange, errorOf, live, today }: TokenFieldsProps) {
  const t = useMessages("integrations");
  const days = daysOf(typed.days);
  return (
    <>
      <Field label={t("issue.name")} isRequired hint={t("issue.name.hint")} error={errorOf("name")}>
        <TextInput value={typed.name} autoComplete="off" onChange={(name) => onChange({ name })} />
      </Field>
      {live.length > 0 && (
        <Field
          label={t("issue.replaces")}
          hint={t("issue.replaces.hint")}
          error={errorOf("replaces")}
        >
          <Select
            value={typed.replaces}
            options={[
              { value: "", label: t("issue.replaces.none") },
              ...live.map((token) => ({
                value: token.id,
                label: `${token.name}（${token.publicId}）`,
              })),
            ]}
            onChange={(replaces) => onChange({ replaces })}
          />
        </Field>
      )}
      <ScopeChoice
        chosen={typed.scopes}
        error={errorOf("scopes")}
        onChange={(scopes) => onChange({ scopes })}
      />
      {typed.scopes.includes("MEASUREMENT_WRITE") && (
        <Field label={t("issue.metrics")} hint={t("issue.metrics.hint")} error={errorOf("metrics")}>
          <TextArea
            rows={2}
            spellCheck={false}
            value={typed.metrics}
            onChange={(metrics) => onChange({ metrics })}
          />
        </Field>
      )}
      <Field
        label={t("issue.days")}
        isRequired
        hint={
          days === null || today === null
            ? t("issue.days.hint")
            : t("issue.days.until", { day: formatDate(lastDayFrom(today, days)) })
        }
        error={days === null ? t("issue.days.number") : errorOf("expiresOn")}
      >
        <TextInput
          value={typed.days}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-32"
          onChange={(next) => onChange({ days: next })}
        />
      </Field>
      <Field
        label={t("issue.addresses")}
        hint={t("issue.addresses.hint")}
        error={errorOf("addresses")}
      >
        <TextArea
          rows={2}
          spellCheck={false}
          value={typed.addresses}
          onChange={(addresses) => onChange({ addresses })}
        />
      </Field>
    </>
  );
}

interface ScopeChoiceProps {
  readonly chosen: readonly Scope[];
  readonly error: string | undefined;
  readonly onChange: (scopes: readonly Scope[]) => void;
}

/** What the token lets its bearer do; reading is always in it. */
function ScopeChoice({ chosen, error, onChange }: ScopeChoiceProps) {
  const t = useMessages("integrations");
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t("scopes")}</legend>
      <div className="grid">
        <Checkbox isChecked isDisabled hint={t("scope.READ.about")} onChange={() => undefined}>
          {t("scope.READ")}
        </Checkbox>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            isChecked={chosen.includes(scope)}
            hint={t(`scope.${scope}.about`)}
            onChange={(isChosen) =>
              onChange(SCOPES.filter((one) => (one === scope ? isChosen : chosen.includes(one))))
            }
          >
            {t(`scope.${scope}`)}
          </Checkbox>
        ))}
      </div>
      {error !== undefined && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
