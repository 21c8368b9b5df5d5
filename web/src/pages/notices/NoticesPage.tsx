import { NoticeTable } from "../../features/notice/NoticeTable";
import { type NoticeRowData, NoticesQuery } from "../../features/notice/queries";
import type { ResultOf } from "../../graphql/graphql";
import type { PageLoad } from "../../graphql/page-load";
import { useAllPages } from "../../graphql/use-all-pages";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { ErrorState } from "../../states/ErrorState";
import { useAsOfDay } from "../../ui/as-of";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { issueNoticesUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const VIEWS = ["all", "overdue", "issued", "replied", "over"] as const;
type View = (typeof VIEWS)[number];

const FILTERS = {
  all: null,
  overdue: { isOverdue: true },
  issued: { state: ["ISSUED"] },
  replied: { state: ["REPLIED"] },
  over: { state: ["CLOSED", "WITHDRAWN"] },
} as const;

function viewOf(search: URLSearchParams): View {
  return VIEWS.find((view) => view === search.get("view")) ?? "all";
}

const pick = (data: ResultOf<typeof NoticesQuery>) => data.notices;

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  const filter = FILTERS[viewOf(search)] as never;
  client
    .query(NoticesQuery, { filter, after: null })
    .toPromise()
    .catch(() => undefined);
}

/** 督办单: those one issues, and those one is to reply to. */
export function NoticesPage() {
  const t = useMessages("notices");
  const [search, change] = useUrlSearch();
  const view = viewOf(search);
  const canIssue = useViewer()?.canIssueNotices === true;
  const found = useAllPages(NoticesQuery, { filter: FILTERS[view] as never }, pick);
  const isPast = useAsOfDay() !== null;
  const issuing = canIssue && !isPast && (
    <LinkButton to={issueNoticesUrl()} variant="primary" icon="plus">
      {t("issue")}
    </LinkButton>
  );
  if (found.error !== undefined && found.nodes.length === 0) {
    return <ErrorState isPage error={found.error} onRetry={found.reload} />;
  }
  return (
    <>
      <PageHeader
        title={t("page.title")}
        meta={t("page.lead")}
        actions={
          <>
            <AsOfSwitch />
            {issuing}
          </>
        }
      />
      <SegmentedControl
        className="mb-4"
        label={t("view")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(value) => change({ view: value === "all" ? undefined : value })}
      />
      <Found found={found} view={view} />
    </>
  );
}

interface FoundProps {
  readonly found: ReturnType<typeof useAllPages<unknown, never, NoticeRowData>>;
  readonly view: View;
}

function Found({ found, view }: FoundProps) {
  const t = useMessages("notices");
  if (found.nodes.length > 0) {
    return (
      <Card isFlush>
        <NoticeTable notices={found.nodes} />
      </Card>
    );
  }
  if (!found.isComplete) {
    return (
      <div role="status" aria-busy="true" aria-label={t("page.loading")}>
        <SkeletonLines count={4} className="h-12" />
      </div>
    );
  }
  return (
    <EmptyState title={t(view === "all" ? "none.title" : "none.filtered")}>
      {t("none.next")}
    </EmptyState>
  );
}
