import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Checkbox } from "../../../ui/Checkbox";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { Select } from "../../../ui/Select";
import { TextArea } from "../../../ui/TextArea";
import { TextInput } from "../../../ui/TextInput";
import type { Form } from "../use-form";
import { SUBSCRIPTIONS } from "./subscriptions";
import type { Content, TypedWebhook } from "./use-webhook-form";
import type { WebhookAccount } from "./use-webhooks";
import { TYPES } from "./words";

/** Fields that show their own message. */
export const WEBHOOK_FIELDS = ["accountId", "name", "url", "types", "query"];

const CONTENTS: readonly Content[] = ["ids", "own"];

interface WebhookFieldsProps {
  readonly typed: TypedWebhook;
  readonly onChange: (part: Partial<TypedWebhook>) => void;
  readonly errorOf: Form["errorOf"];
  /** Accounts to choose from; an endpoint keeps the one that it has. */
  readonly accounts?: readonly Pick<WebhookAccount, "id" | "login" | "displayName">[];
}

/** The fields of an endpoint. */
export function WebhookFields({ typed, onChange, errorOf, accounts }: WebhookFieldsProps) {
  const t = useMessages("integrations");
  return (
    <>
      {accounts !== undefined && (
        <Field
          label={t("accounts")}
          isRequired
          hint={t("hook.account.hint")}
          error={errorOf("accountId")}
        >
          <Select
            value={typed.accountId}
            options={[
              ...(typed.accountId === "" ? [{ value: "", label: t("hook.account.choose") }] : []),
              ...accounts.map((one) => ({
                value: one.id,
                label: `${one.displayName}（${one.login}）`,
              })),
            ]}
            onChange={(accountId) => onChange({ accountId })}
          />
        </Field>
      )}
      <Field label={t("name")} isRequired hint={t("hook.name.hint")} error={errorOf("name")}>
        <TextInput value={typed.name} autoComplete="off" onChange={(name) => onChange({ name })} />
      </Field>
      <Field label={t("hook.url")} isRequired hint={t("hook.url.hint")} error={errorOf("url")}>
        <TextInput
          value={typed.url}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          onChange={(url) => onChange({ url })}
        />
      </Field>
      <TypeChoice typed={typed} onChange={onChange} error={errorOf("types")} />
      <div className="grid gap-2">
        <p className="text-sm font-medium">{t("hook.content")}</p>
        <div>
          <SegmentedControl
            label={t("hook.content")}
            value={typed.content}
            options={CONTENTS.map((value) => ({ value, label: t(`hook.content.${value}`) }))}
            onChange={(content) => onChange({ content })}
          />
        </div>
        <p className="caption text-sm text-muted">{t(`hook.content.${typed.content}.about`)}</p>
        {typed.content === "own" && (
          <OwnQuery
            query={typed.query}
            error={errorOf("query")}
            onChange={(query) => onChange({ query })}
          />
        )}
      </div>
    </>
  );
}

interface TypeChoiceProps extends Pick<WebhookFieldsProps, "typed" | "onChange"> {
  readonly error: string | undefined;
}

/** The kinds of object told. */
function TypeChoice({ typed, onChange, error }: TypeChoiceProps) {
  const t = useMessages("integrations");
  const choose = (type: (typeof TYPES)[number], isChosen: boolean): void =>
    onChange({
      types: TYPES.filter((one) => (one === type ? isChosen : typed.types.includes(one))),
    });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t("hook.told")}</legend>
      <p className="caption text-sm text-muted">{t("hook.types.hint")}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {TYPES.map((type) => (
          <Checkbox
            key={type}
            isChecked={typed.types.includes(type)}
            onChange={(isChosen) => choose(type, isChosen)}
          >
            {t(`type.${type}`)}
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

interface OwnQueryProps {
  readonly query: string;
  readonly error: string | undefined;
  readonly onChange: (query: string) => void;
}

/** A subscription of one's own, perhaps begun from an example. */
function OwnQuery({ query, error, onChange }: OwnQueryProps) {
  const t = useMessages("integrations");
  return (
    <>
      <Field label={t("hook.query")} isRequired hint={t("hook.query.hint")} error={error}>
        <TextArea
          rows={8}
          spellCheck={false}
          translate="no"
          className="font-mono text-sm"
          value={query}
          onChange={onChange}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm text-muted">{t("hook.example")}</span>
        {SUBSCRIPTIONS.map((one) => (
          <Button key={one.key} size="small" onClick={() => onChange(one.query)}>
            {t(`hook.example.${one.key}`)}
          </Button>
        ))}
      </div>
    </>
  );
}
