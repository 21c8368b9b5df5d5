import { useCallback, useMemo } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { DownloadMenu } from "../../states/DownloadMenu";
import { useAsOfDay } from "../../ui/as-of";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { draftUrl, fileUrl, handOutUrl, planUrl, plansUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { FindInPlan } from "./FindInPlan";
import { PlanArticle } from "./PlanArticle";
import type { PlanFindingGroup } from "./PlanFindings";
import { PlanFootnotes } from "./PlanFootnotes";
import { pressingMarks } from "./marks";
import { PlanSide } from "./PlanSide";
import type { PlanHead } from "./queries";
import type { ReadPlan } from "./use-plan";

interface PlanReaderProps {
  readonly plan: ReadPlan;
  readonly findings: readonly PlanFindingGroup[];
}

const VIEWS = ["plain", "marked", "pressing"] as const;

/** The text with its tools: views, finding, outline, check, print. */
export function PlanReader({ plan, findings }: PlanReaderProps) {
  const t = useMessages("plan");
  const [search, change] = useUrlSearch();
  const view = VIEWS.find((one) => one === search.get("view")) ?? "marked";
  const { code } = plan.head;
  const marks = useMemo(
    () => (view === "pressing" ? pressingMarks(plan.marks) : plan.marks),
    [plan.marks, view],
  );
  const opening = useMemo(() => {
    const kept = new URLSearchParams(search);
    return {
      addressOf: (task: string) => {
        kept.set("task", task);
        return `${planUrl(code)}?${kept.toString()}`;
      },
      open: (task: string) => {
        change({ task }, true);
      },
    };
  }, [code, search, change]);
  const onFind = useCallback(
    (words: string) => {
      change({ find: words });
    },
    [change],
  );
  return (
    <>
      <div className="no-print">
        <PlanTop head={plan.head} />
      </div>
      <fieldset
        aria-label={t("tools")}
        className="toolbar no-print sticky top-14 z-10 -mx-1 mb-4 flex max-md:-mx-4 max-md:mb-2 max-md:px-4 flex-wrap items-center gap-x-4 gap-y-2 bg-paper px-1 py-2"
      >
        <SegmentedControl
          label={t("view")}
          value={view}
          options={[
            { value: "plain", label: t("view.plain") },
            { value: "marked", label: t("view.marked") },
            { value: "pressing", label: t("view.pressing") },
          ]}
          onChange={(next) => {
            change({ view: next === "marked" ? undefined : next });
          }}
        />
        <FindInPlan words={search.get("find") ?? ""} onChange={onFind} text={plan.blocks} />
        <Button
          icon="print"
          className="ml-auto max-sm:hidden"
          onClick={() => {
            window.print();
          }}
        >
          {t("print")}
        </Button>
      </fieldset>
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
        <PlanSide plan={plan} findings={findings} />
        <div className="min-w-0 rounded-card border border-line bg-card px-4 py-10 shadow-card max-md:-mx-4 max-md:rounded-none max-md:border-x-0 max-md:py-8 sm:px-8 print:mx-0 print:rounded-none print:border-0 print:p-0 print:shadow-none">
          <PlanArticle
            blocks={plan.blocks}
            marks={marks}
            hasMarks={view !== "plain"}
            opening={opening}
          />
          {view !== "plain" && <PlanFootnotes marks={marks} />}
        </div>
      </div>
    </>
  );
}

function PlanTop({ head }: { readonly head: PlanHead }) {
  const t = useMessages("plan");
  const words = useMessages("domain");
  const isPast = useAsOfDay() !== null;
  const waiting = head.overview.byState.find((one) => one.state === "DRAFT")?.count ?? 0;
  return (
    <PageHeader
      title={head.title}
      overline={
        <Link to={plansUrl()} className="text-link hover:underline">
          {t("toList")}
        </Link>
      }
      meta={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Badge tone={head.state === "DRAFT" ? "warning" : "neutral"}>
            {words(`planState.${head.state}`)}
          </Badge>
          {head.isDemo && <Badge>{t("demo")}</Badge>}
          {head.documentNumber !== null && <span>{head.documentNumber}</span>}
          {head.issuedOn !== null && (
            <span>{t("issuedOn", { date: formatDate(head.issuedOn) })}</span>
          )}
        </span>
      }
      actions={
        <>
          <AsOfSwitch />
          {head.state === "ISSUED" && !isPast && (
            <DownloadMenu
              label={t("export")}
              addressOf={(format) => fileUrl("/exports/ledger", { plan: head.code, format })}
            />
          )}
          {head.viewerCanEdit && (
            <LinkButton to={draftUrl(head.code)} icon="edit">
              {t("continueDraft")}
            </LinkButton>
          )}
          {head.viewerCanHandOut && waiting > 0 && (
            <LinkButton to={handOutUrl(head.code)} variant="primary">
              {t("handOut", { count: waiting })}
            </LinkButton>
          )}
        </>
      }
    />
  );
}
