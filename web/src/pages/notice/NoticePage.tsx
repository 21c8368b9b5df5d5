import { useParams } from "@tanstack/react-router";
import { useQuery } from "urql";
import { NoticeActs } from "../../features/notice/NoticeActs";
import { NoticeHistory, NoticePeople } from "../../features/notice/NoticeHistory";
import { NoticePaper } from "../../features/notice/NoticePaper";
import { NoticeState } from "../../features/notice/NoticeState";
import { NoticeQuery } from "../../features/notice/queries";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { noticesUrl } from "../../ui/urls";

/** Starts the query of the page. */
export function loader({ client, params }: PageLoad): void {
  client
    .query(NoticeQuery, { code: params.code ?? "" })
    .toPromise()
    .catch(() => undefined);
}

/** One 督办单: the paper, what happened to it, and what the reader may do. */
export function NoticePage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("notices");
  const [{ data, error }, read] = useQuery({
    query: NoticeQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const reload = (): void => read({ requestPolicy: "network-only" });
  const notice = data?.notice;
  if (notice === undefined && error !== undefined) {
    return <ErrorState isPage error={error} onRetry={reload} />;
  }
  if (notice === null) {
    return (
      <EmptyState
        isPage
        title={t("absent")}
        actions={<LinkButton to={noticesUrl()}>{t("toList")}</LinkButton>}
      >
        {t("absent.detail")}
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title={notice?.number ?? code}
        overline={
          <Link to={noticesUrl()} className="text-link hover:underline">
            {t("toList")}
          </Link>
        }
        meta={notice !== undefined && <NoticeState notice={notice} />}
        actions={
          notice !== undefined && (
            <>
              <AsOfSwitch />
              <Button icon="print" onClick={() => window.print()}>
                {t("print")}
              </Button>
            </>
          )
        }
      />
      {notice === undefined ? (
        <div role="status" aria-busy="true" aria-label={t("page.loading")}>
          <SkeletonLines count={3} className="h-24" />
        </div>
      ) : (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start large:!grid-cols-1">
          <div className="grid min-w-0 gap-4">
            <NoticePaper notice={notice} />
            <NoticeActs key={notice.version} notice={notice} reload={reload} />
          </div>
          <div className="grid gap-4">
            <NoticeHistory notice={notice} />
            <NoticePeople notice={notice} />
          </div>
        </div>
      )}
    </>
  );
}
