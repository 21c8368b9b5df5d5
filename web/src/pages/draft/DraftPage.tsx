import { useParams } from "@tanstack/react-router";
import { DiscardDraft } from "../../features/draft/DiscardDraft";
import { STEPS, viewOf, type Step } from "../../features/draft/draft-address";
import { DraftContext, useDraft } from "../../features/draft/draft-context";
import { Findings } from "../../features/draft/Findings";
import { IssueStep } from "../../features/draft/IssueStep";
import { Review } from "../../features/draft/Review";
import { useDraftData } from "../../features/draft/use-draft-data";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { Stepper } from "../../ui/Stepper";
import { draftUrl, importUrl, planUrl } from "../../ui/urls";
import { VisuallyHidden } from "../../ui/VisuallyHidden";
import { useUrlSearch } from "../../ui/use-url-search";

/** What the server calls text that was pasted. */
const PASTED = "pasted.txt";

/** 核对、体检、印发: a draft on its way to an issued plan. */
export function DraftPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("draft");
  const data = useDraftData(code);
  switch (data.kind) {
    case "loading":
      return (
        <div aria-busy="true">
          <VisuallyHidden>{t("page.loading")}</VisuallyHidden>
          <SkeletonLines count={1} className="h-14" />
          <div className="mt-4 grid gap-4 lg:grid-cols-2">
            <SkeletonLines count={10} className="h-10" />
            <SkeletonLines count={6} className="h-20" />
          </div>
        </div>
      );
    case "failed":
      return <ErrorState isPage error={data.error} onRetry={data.reload} />;
    case "absent":
      return (
        <EmptyState
          isPage
          title={t("page.absent")}
          actions={<LinkButton to={importUrl()}>{t("page.import")}</LinkButton>}
        >
          {t("page.absent.detail")}
        </EmptyState>
      );
    case "ready":
      return (
        <DraftContext value={data.draft}>
          <DraftSteps />
        </DraftContext>
      );
  }
}

/** The frame of steps 2 to 4 around the step that the address names. */
function DraftSteps() {
  const t = useMessages("draft");
  const { plan } = useDraft();
  const [search, change] = useUrlSearch();
  const view = viewOf(search);
  const go = (step: Step): void => {
    change({ step, panel: undefined, task: undefined }, true);
  };
  if (plan.state === "ISSUED") {
    return (
      <>
        <PageHeader title={plan.title} />
        <Callout tone="info" title={t("page.issued")}>
          <LinkButton to={planUrl(plan.code)} className="mt-2">
            {t("page.issued.open")}
          </LinkButton>
        </Callout>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={plan.title}
        meta={
          plan.sourceFile === PASTED ? t("page.pasted") : t("page.file", { file: plan.sourceFile })
        }
        actions={plan.viewerCanEdit && <DiscardDraft />}
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <Stepper
          label={t("steps.label")}
          doneWord={t("steps.done")}
          current={STEPS.indexOf(view.step) + 1}
          steps={[
            { title: t("step.source"), to: importUrl() },
            ...STEPS.map((step) => ({
              title: t(`step.${step}`),
              to: draftUrl(plan.code, step),
            })),
          ]}
        />
        <StepButtons step={view.step} onGo={go} />
      </div>
      {!plan.viewerCanEdit && <Callout tone="info" title={t("page.readOnly")} />}
      {view.step === "review" && (
        <Review
          task={view.task}
          panel={view.panel}
          onChange={(next) => change({ task: next.task ?? undefined, panel: next.panel })}
          onNext={() => go("check")}
        />
      )}
      {view.step === "check" && <Findings />}
      {view.step === "issue" && <IssueStep />}
    </>
  );
}

interface StepButtonsProps {
  readonly step: Step;
  readonly onGo: (step: Step) => void;
}

/** Back and on, at the same place in every step. */
function StepButtons({ step, onGo }: StepButtonsProps) {
  const t = useMessages("draft");
  switch (step) {
    case "review":
      return (
        <Button variant="primary" className="max-sm:w-full" onClick={() => onGo("check")}>
          {t("step.toCheck")}
        </Button>
      );
    case "check":
      return (
        <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
          <Button onClick={() => onGo("review")}>{t("step.back")}</Button>
          <Button variant="primary" onClick={() => onGo("issue")}>
            {t("step.toIssue")}
          </Button>
        </div>
      );
    case "issue":
      return (
        <Button className="max-sm:w-full" onClick={() => onGo("check")}>
          {t("step.back")}
        </Button>
      );
  }
}
