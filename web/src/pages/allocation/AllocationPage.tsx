import { useParams } from "@tanstack/react-router";
import { useQuery } from "urql";
import { AllocationEditor } from "../../features/allocation/AllocationEditor";
import type { CarryingUnit } from "../../features/allocation/AllocationTable";
import { AllocationEditorQuery, type EditorData } from "../../features/allocation/queries";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { ErrorState } from "../../states/ErrorState";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { TargetText } from "../../ui/TargetText";
import { metricsUrl, metricUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

/** 指标分解: what a unit carries of a target is shared out among the units below it. */
export function AllocationPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("allocation");
  const m = useMessages("metrics");
  const { locale } = usePreferences();
  const [search] = useUrlSearch();
  const unit = search.get("unit");
  const account = useViewer()?.account.id ?? "";
  const [{ data, error }, read] = useQuery({
    query: AllocationEditorQuery,
    variables: { code, unit },
    requestPolicy: "cache-and-network",
  });
  const metric = data?.metric;
  if (metric == null && error !== undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  if (data !== undefined && metric == null) {
    return (
      <EmptyState
        isPage
        title={m("metric.none", { code })}
        actions={<LinkButton to={metricsUrl()}>{m("toList")}</LinkButton>}
      >
        {m("metric.none.detail")}
      </EmptyState>
    );
  }
  const back =
    unit === null ? metricUrl(code) : `${metricUrl(code)}?unit=${encodeURIComponent(unit)}`;
  const share = metric?.figures?.share;
  return (
    <>
      <PageHeader
        title={metric === undefined ? t("title") : t("title.of", { name: metric?.name ?? code })}
        overline={
          <Link to={back} className="text-link hover:underline">
            {t("back", { code })}
          </Link>
        }
        meta={
          metric != null && (
            <span className="flex flex-wrap gap-x-3">
              <span>{metric.figures?.department.name}</span>
              {unit === null || share == null ? (
                <span>
                  {m("column.target")} <TargetText target={metric} />
                </span>
              ) : (
                <span>{t("carries", { value: quantityWords(share, metric.unit, locale) })}</span>
              )}
            </span>
          )
        }
      />
      {metric == null ? (
        <SkeletonLines count={8} className="h-row" />
      ) : (
        <Editor
          key={`${code} ${unit ?? ""}`}
          metric={metric}
          unit={unit}
          account={account}
          back={back}
        />
      )}
    </>
  );
}

interface EditorProps {
  readonly metric: EditorData;
  readonly unit: string | null;
  readonly account: string;
  readonly back: string;
}

function Editor({ metric, unit, account, back }: EditorProps) {
  const t = useMessages("allocation");
  const toMetric = <LinkButton to={back}>{t("back.short")}</LinkButton>;
  if (!metric.viewerCanAllocate) {
    return (
      <EmptyState icon="lock" title={t("refused")} actions={toMetric}>
        {t("refused.detail")}
      </EmptyState>
    );
  }
  const units = unitsOf(metric);
  if (units.length === 0) {
    return (
      <EmptyState title={t("units.none")} actions={toMetric}>
        {t("units.none.detail")}
      </EmptyState>
    );
  }
  return (
    <AllocationEditor metric={metric} unit={unit} units={units} account={account} back={back} />
  );
}

/** The units that are asked for figures, then others that carry a share. */
function unitsOf(metric: EditorData): readonly CarryingUnit[] {
  const asked = (metric.figures?.parts ?? []).map(({ department, verified }) => ({
    code: department.code,
    name: department.shortName,
    verified,
  }));
  const others = (metric.allocation?.shares ?? [])
    .filter((share) => asked.every((one) => one.code !== share.department.code))
    .map(({ department }) => ({
      code: department.code,
      name: department.shortName,
      verified: null,
    }));
  return [...asked, ...others];
}
