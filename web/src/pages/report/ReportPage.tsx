import { useQuery } from "urql";
import { ReportSheetQuery } from "../../features/report/queries";
import { ReportSheet } from "../../features/report/ReportSheet";
import type { PageLoad } from "../../graphql/page-load";
import { useSession } from "../../graphql/use-session";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { ErrorState } from "../../states/ErrorState";
import { useAsOfDay } from "../../ui/as-of";
import { EmptyState } from "../../ui/EmptyState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { sheetsUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { SheetWithFigures } from "./SheetWithFigures";
import { PeriodSelect } from "./PeriodSelect";

function variablesOf(search: URLSearchParams) {
  return { period: search.get("period"), department: search.get("department") };
}

/** Starts the page's query. The sheet is always the newest: others write it too. */
export function loader({ client, search }: PageLoad) {
  return client
    .query(ReportSheetQuery, variablesOf(search), { requestPolicy: "network-only" })
    .toPromise();
}

/** 月报填报: everything that one's department owes for a month, on one screen. */
export function ReportPage() {
  const t = useMessages("report");
  const session = useSession();
  const isPast = useAsOfDay() !== null;
  const [search, change] = useUrlSearch();
  const variables = variablesOf(search);
  const [{ data, error, fetching }, reload] = useQuery({ query: ReportSheetQuery, variables });
  const sheet = data?.reportSheet;
  if (error !== undefined && sheet == null) {
    return (
      <ErrorState isPage error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
    );
  }
  if (fetching && sheet == null) {
    return (
      <>
        <PageHeader title={t("title")} />
        <SkeletonLines count={6} className="h-24" />
      </>
    );
  }
  if (sheet == null || session.kind !== "signedIn") {
    return (
      <EmptyState isPage title={t("nobody")}>
        {t("nobody.detail")}
      </EmptyState>
    );
  }
  // Measurements are not read as of a day that is over.
  const measures = !isPast && session.viewer.permissions.includes("measurement.record");
  const Sheet = measures ? SheetWithFigures : ReportSheet;
  const key = `${sheet.department.id} ${sheet.period}`;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("meta", {
          month: formatPeriod(sheet.period),
          department: sheet.department.name,
          day: formatDate(sheet.dueOn),
        })}
        actions={
          <>
            <AsOfSwitch />
            {measures && (
              <LinkButton
                to={sheetsUrl({ department: sheet.department.code, period: sheet.period })}
                icon="upload"
              >
                {t("toSheets")}
              </LinkButton>
            )}
            <PeriodSelect
              value={sheet.period}
              onChange={(period) => change({ period, task: undefined }, true)}
            />
          </>
        }
      />
      <Sheet
        key={key}
        data={sheet}
        account={session.viewer.account.id}
        task={search.get("task")}
        extra={null}
      />
    </>
  );
}
