import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { ImportForm } from "../../features/import/ImportForm";
import type { ImportedPlan } from "../../features/import/use-import";
import { useMessages } from "../../i18n/messages";
import { useViewer } from "../../graphql/use-session";
import { Card } from "../../ui/Card";
import { NoPermission } from "../../states/NoPermission";
import { PageHeader } from "../../ui/PageHeader";
import { Stepper } from "../../ui/Stepper";
import { draftUrl } from "../../ui/urls";

/** 导入要点, step 1: a file or pasted text. A new draft goes on to its review at once. */
export function ImportPage() {
  const t = useMessages("import");
  const router = useRouter();
  const canImport = useViewer()?.canImportPlans === true;
  const openDraft = useCallback(
    (plan: ImportedPlan) => {
      router.history.push(draftUrl(plan.code, "review"));
    },
    [router],
  );
  if (!canImport) return <NoPermission isPage />;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("page.title")} meta={t("page.lead")} />
      <div className="mb-4">
        <Stepper
          label={t("steps.label")}
          doneWord={t("steps.done")}
          current={0}
          steps={[
            { title: t("step.source") },
            { title: t("step.review") },
            { title: t("step.check") },
            { title: t("step.issue") },
          ]}
        />
      </div>
      <Card>
        <ImportForm onNew={openDraft} />
      </Card>
    </div>
  );
}
