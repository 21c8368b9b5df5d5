import { useRouter } from "@tanstack/react-router";
import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { overviewUrl } from "../../ui/urls";

interface ChoosePlanProps {
  readonly code: string;
  readonly plans: readonly { readonly code: string; readonly title: string }[];
}

/** Another plan to look at, where several are in force. */
export function ChoosePlan({ code, plans }: ChoosePlanProps) {
  const t = useMessages("overview");
  const router = useRouter();
  return (
    <Field label={t("choosePlan")} isLabelHidden>
      <Select
        value={code}
        options={plans.map((one) => ({ value: one.code, label: one.title }))}
        onChange={(chosen) => router.history.push(overviewUrl(chosen))}
      />
    </Field>
  );
}
