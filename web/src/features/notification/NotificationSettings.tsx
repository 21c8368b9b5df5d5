import { type FormEvent, useState } from "react";
import { useQuery } from "urql";
import { messageFor, type Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { SaveState } from "../../states/SaveState";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { SkeletonLines } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { CalendarFeeds } from "./CalendarFeeds";
import {
  NotificationSettingsQuery,
  type SettingsData,
  UpdateNotificationSettings,
} from "./queries";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));
const FIELDS = ["address", "quietFrom"] as const;

/** How one is told: mail, quiet hours, calendar feeds; two cards of the personal page. */
export function NotificationSettings() {
  const t = useMessages("notifications");
  const [{ data, error }, read] = useQuery({
    query: NotificationSettingsQuery,
    requestPolicy: "cache-and-network",
  });
  const reload = (): void => read({ requestPolicy: "network-only" });
  // Outlives the form, which is drawn anew with each version.
  const [outcome, setOutcome] = useState<Outcome | "saving" | null>(null);
  const viewer = data?.viewer;
  if (viewer == null) {
    if (error !== undefined) return <ErrorState error={error} onRetry={reload} />;
    return <SkeletonLines count={3} className="h-12" />;
  }
  const { notificationSettings: settings, calendarFeeds } = viewer;
  return (
    <>
      <Card title={t("settings.title")} subtitle={t("settings.lead")}>
        <SettingsForm
          key={settings.version}
          settings={settings}
          outcome={outcome}
          onOutcome={setOutcome}
          reload={reload}
        />
      </Card>
      <Card title={t("feeds.title")} subtitle={t("feeds.lead")}>
        <CalendarFeeds feeds={calendarFeeds} reload={reload} />
      </Card>
    </>
  );
}

interface SettingsFormProps {
  readonly settings: SettingsData;
  readonly outcome: Outcome | "saving" | null;
  readonly onOutcome: (outcome: Outcome | "saving" | null) => void;
  readonly reload: () => void;
}

function SettingsForm({ settings, outcome, onOutcome: setOutcome, reload }: SettingsFormProps) {
  const t = useMessages("notifications");
  const update = useKeyedAct(UpdateNotificationSettings, (data) => data.updateNotificationSettings);
  const [values, setValues] = useState({ ...settings, address: settings.address ?? "" });
  const set = (patch: Partial<typeof values>): void => {
    setValues((known) => ({ ...known, ...patch }));
    setOutcome(null);
  };
  const save = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setOutcome("saving");
    const { address, isMailOn, quietFrom, quietUntil, language } = values;
    const ended = await update({
      expectedVersion: settings.version,
      address: address.trim() === "" ? null : address,
      isMailOn,
      quietFrom,
      quietUntil,
      language,
    });
    setOutcome(ended);
    if (ended.kind === "done" || ended.kind === "conflict") reload();
  };
  const ended = outcome === null || outcome === "saving" ? null : outcome;
  const errors = ended?.kind === "refused" ? ended.errors : [];
  const status = outcome === "saving" ? "saving" : ended === null ? "idle" : ended.kind;
  const hours = HOURS.map((value) => ({ value, label: t("quiet.hour", { hour: value }) }));
  return (
    <form className="grid gap-4" onSubmit={(event) => void save(event)}>
      {!settings.hasMailServer && values.isMailOn && (
        <Callout tone="warning" title={t("settings.noServer")} />
      )}
      <Checkbox
        isChecked={values.isMailOn}
        hint={t("settings.mail.hint")}
        onChange={(isMailOn) => set({ isMailOn })}
      >
        {t("settings.mail")}
      </Checkbox>
      <Field
        label={t("settings.address")}
        error={messageFor(errors, "address")}
        className="max-w-md"
      >
        <TextInput
          value={values.address}
          autoComplete="email"
          inputMode="email"
          onChange={(address) => set({ address })}
        />
      </Field>
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <Field label={t("quiet.from")} error={messageFor(errors, "quietFrom")} className="w-36">
          <Select
            value={String(values.quietFrom)}
            options={hours}
            onChange={(hour) => set({ quietFrom: Number(hour) })}
          />
        </Field>
        <Field label={t("quiet.until")} className="w-36">
          <Select
            value={String(values.quietUntil)}
            options={hours}
            onChange={(hour) => set({ quietUntil: Number(hour) })}
          />
        </Field>
        <Field label={t("settings.language")} className="w-36">
          <Select
            value={values.language}
            options={[
              { value: "CHINESE", label: "中文" },
              { value: "ENGLISH", label: "English" },
            ]}
            onChange={(language) => set({ language })}
          />
        </Field>
      </div>
      <SaveState
        status={status === "done" ? "saved" : status}
        errors={errors}
        requestId={ended?.kind === "failed" ? ended.requestId : null}
        fields={FIELDS}
        onRetry={() => void save()}
        onReset={() => set({ ...settings, address: settings.address ?? "" })}
      />
      <div>
        <Button type="submit" isPending={outcome === "saving"}>
          {t("settings.save")}
        </Button>
      </div>
    </form>
  );
}
