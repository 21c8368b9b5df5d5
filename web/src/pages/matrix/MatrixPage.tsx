import { useMemo } from "react";
import { useQuery } from "urql";
import { kindOf } from "../../features/matrix/cells";
import { Mark } from "../../features/matrix/MatrixCell";
import { MatrixGrid } from "../../features/matrix/MatrixGrid";
import { MatrixPrint } from "../../features/matrix/MatrixPrint";
import {
  MatrixFrameQuery,
  type MatrixMetricData,
  MatrixMetricsQuery,
} from "../../features/matrix/queries";
import { GRAINS, grainOf, periodAt, periodsOf, quarterOf } from "../../features/matrix/periods";
import { type Span, useMatrix } from "../../features/matrix/use-matrix";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useToday } from "../../graphql/use-today";
import { type Translate, useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { DownloadMenu } from "../../states/DownloadMenu";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { EmptyState } from "../../ui/EmptyState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { Select } from "../../ui/Select";
import { Skeleton } from "../../ui/Skeleton";
import { Toolbar } from "../../ui/Toolbar";
import { fileUrl, metricsUrl } from "../../ui/urls";
import { useIsPrinting } from "../../ui/use-is-printing";
import { useUrlSearch } from "../../ui/use-url-search";

type Frame = ResultOf<typeof MatrixFrameQuery>;
type Plan = Frame["plans"]["edges"][number]["node"];
type City = Frame["departments"]["edges"][number]["node"];

const metricsOf = (data: ResultOf<typeof MatrixMetricsQuery>) => data.metrics;
/** The choice of all counties, beside the codes of cities. */
const COUNTIES = "counties";

/** 指标矩阵: metrics over units for a month; what is missing shows at once. */
export function MatrixPage() {
  const t = useMessages("matrix");
  const [search, change] = useUrlSearch();
  const [{ data, error }, read] = useQuery({ query: MatrixFrameQuery });
  const plans = data?.plans.edges.map((edge) => edge.node) ?? [];
  const plan = plans.find((one) => one.code === search.get("plan")) ?? plans[0];
  if (error !== undefined && data === undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  return (
    <div className="print-wide">
      <PageHeader
        title={t("title")}
        meta={plan?.title}
        actions={
          <>
            {plans.length > 1 && plan !== undefined && (
              <Select
                aria-label={t("plan")}
                className="w-28"
                value={plan.code}
                options={plans.map((one) => ({ value: one.code, label: one.code }))}
                onChange={(code) => change({ plan: code, period: undefined }, true)}
              />
            )}
            <LinkButton to={metricsUrl({ plan: plan?.code })} icon="list">
              {t("toList")}
            </LinkButton>
          </>
        }
      />
      {data === undefined && <Skeleton className="h-96" />}
      {data !== undefined && plan === undefined && (
        <EmptyState title={t("plans.none")}>{t("plans.none.detail")}</EmptyState>
      )}
      {data !== undefined && plan !== undefined && (
        <PlanMatrix
          key={plan.id}
          plan={plan}
          cities={data.departments.edges.map((edge) => edge.node)}
        />
      )}
    </div>
  );
}

interface PlanMatrixProps {
  readonly plan: Plan;
  readonly cities: readonly City[];
}

function PlanMatrix({ plan, cities }: PlanMatrixProps) {
  const t = useMessages("matrix");
  const { nodes, isComplete, error, reload } = useAllPages(
    MatrixMetricsQuery,
    { plan: plan.code },
    metricsOf,
  );
  if (error !== undefined && nodes.length === 0) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!isComplete) return <Skeleton className="h-96" />;
  if (nodes.length === 0) {
    return <EmptyState title={t("metrics.none")}>{t("metrics.none.detail")}</EmptyState>;
  }
  return <Grid plan={plan} cities={cities} metrics={nodes} />;
}

function Grid({
  plan,
  cities,
  metrics,
}: PlanMatrixProps & { readonly metrics: readonly MatrixMetricData[] }) {
  const t = useMessages("matrix");
  const [search, change] = useUrlSearch();
  const isPrinting = useIsPrinting();
  const { today } = useToday();
  const scope = search.get("units") ?? "";
  const span: Span = search.get("span") === "toDate" ? "toDate" : "ofPeriod";
  const isAll = search.get("all") === "yes";
  const { matrix, error, isStale, reload } = useMatrix({
    metrics: metrics.map((one) => one.code),
    under: scope === "" || scope === COUNTIES ? null : scope,
    depth: scope === COUNTIES ? 2 : 1,
    period: search.get("period"),
  });
  const shown = useMemo(
    () =>
      matrix === null || isAll
        ? metrics
        : metrics.filter((metric) =>
            matrix.units.some(
              (unit) => kindOf(matrix.cell(unit.code, metric.code, span)) !== "notAsked",
            ),
          ),
    [matrix, metrics, isAll, span],
  );
  if (error !== null && matrix === null) return <ErrorState error={error} onRetry={reload} />;
  const period = search.get("period") ?? matrix?.period ?? "";
  const missing =
    matrix === null
      ? 0
      : matrix.units.reduce(
          (sum, unit) =>
            sum +
            shown.filter((one) => kindOf(matrix.cell(unit.code, one.code, span)) === "missing")
              .length,
          0,
        );
  const grain = grainOf(period);
  const words = (code: string): string => periodWords(code, t);
  const label = t(`label.${span}`, { month: words(period) });
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <Toolbar label={t("view")}>
        <SegmentedControl
          label={t("grain")}
          value={grain}
          options={GRAINS.map((value) => ({ value, label: t(`grain.${value}`) }))}
          onChange={(value) => change({ period: periodAt(value, period, today ?? "") })}
        />
        {grain !== "year" && (
          <Select
            aria-label={t("month")}
            className="w-44"
            value={period}
            options={periodsOf(plan.year, grain).map((value) => ({ value, label: words(value) }))}
            onChange={(value) => change({ period: value })}
          />
        )}
        {grain !== "year" && (
          <SegmentedControl
            label={t("span")}
            value={span}
            options={[
              { value: "ofPeriod", label: t(`span.ofPeriod.${grain}`) },
              { value: "toDate", label: t("span.toDate") },
            ]}
            onChange={(value) => change({ span: value === "ofPeriod" ? undefined : value })}
          />
        )}
        <Select
          aria-label={t("units")}
          className="w-64 max-sm:w-full"
          value={scope}
          options={[
            { value: "", label: t("units.cities") },
            { value: COUNTIES, label: t("units.counties") },
            ...cities
              .filter((city) => city.childCount > 0)
              .map((city) => ({
                value: city.code,
                label: t("units.below", { name: city.shortName }),
              })),
          ]}
          onChange={(value) => change({ units: value })}
        />
        <Checkbox
          isChecked={isAll}
          onChange={(isChecked) => change({ all: isChecked ? "yes" : undefined })}
        >
          {t("all")}
        </Checkbox>
        <DownloadMenu
          label={t("export")}
          addressOf={(format) =>
            fileUrl("/exports/figures", {
              plan: plan.code,
              department: scope === COUNTIES ? undefined : scope,
              until: periodAt("month", period, today ?? ""),
              format,
            })
          }
        />
      </Toolbar>
      {error !== null && <ErrorState error={error} onRetry={reload} />}
      {matrix === null ? (
        <Skeleton className="h-96" />
      ) : (
        <div className={isStale ? "opacity-60" : ""} aria-busy={isStale}>
          <p aria-live="polite" className="mb-2 text-sm text-muted">
            {t("count", { units: matrix.units.length, metrics: shown.length, missing })}
          </p>
          <Card isFlush>
            {shown.length === 0 && (
              <EmptyState title={t("nothing")}>{t("nothing.detail")}</EmptyState>
            )}
            {shown.length > 0 &&
              (isPrinting ? (
                <MatrixPrint label={label} matrix={matrix} metrics={shown} span={span} />
              ) : (
                <MatrixGrid
                  key={`${scope} ${String(isAll)}`}
                  label={label}
                  matrix={matrix}
                  metrics={shown}
                  span={span}
                />
              ))}
          </Card>
          <Legend />
        </div>
      )}
    </div>
  );
}

function periodWords(period: string, t: Translate<"matrix">): string {
  const year = period.slice(0, 4);
  switch (grainOf(period)) {
    case "month":
      return formatPeriod(period);
    case "quarter":
      return t(`quarter.${quarterOf(period) as 1 | 2 | 3 | 4}`, { year });
    case "year":
      return t("year", { year });
  }
}

function Legend() {
  const t = useMessages("matrix");
  return (
    <ul
      aria-label={t("legend")}
      className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-muted"
    >
      <li>
        <strong className="font-medium text-ink">0</strong> {t("legend.zero")}
      </li>
      <li>
        <Mark kind="missing" /> {t("legend.missing")}
      </li>
      <li>
        <Mark kind="notApplicable" /> {t("legend.notApplicable")}
      </li>
      <li>
        <span className="italic">(12)</span> {t("legend.waiting")}
      </li>
      <li>
        <span aria-hidden="true">·</span> {t("legend.notAsked")}
      </li>
      <li className="no-print max-sm:hidden">{t("keys")}</li>
    </ul>
  );
}
