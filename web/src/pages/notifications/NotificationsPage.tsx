import { NotificationList } from "../../features/notification/NotificationList";
import { MarkNotificationsRead, NotificationsQuery } from "../../features/notification/queries";
import type { ResultOf } from "../../graphql/graphql";
import type { PageLoad } from "../../graphql/page-load";
import { useAct } from "../../graphql/use-act";
import { useAllPages } from "../../graphql/use-all-pages";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { meUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const VIEWS = ["all", "unread"] as const;
const pick = (data: ResultOf<typeof NotificationsQuery>) => data.viewer?.notifications;
const picked = (data: ResultOf<typeof MarkNotificationsRead>) => data.markNotificationsRead;

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  client
    .query(NotificationsQuery, { isUnread: search.get("view") === "unread", after: null })
    .toPromise()
    .catch(() => undefined);
}

/** 通知: what concerns the reader, by day, each with the way on. */
export function NotificationsPage() {
  const t = useMessages("notifications");
  const [search, change] = useUrlSearch();
  const isUnread = search.get("view") === "unread";
  const found = useAllPages(NotificationsQuery, { isUnread }, pick);
  const mark = useAct(MarkNotificationsRead, picked);
  const tell = useRefusal();
  const read = (ids: readonly string[] | null): void => {
    const input = { ids: ids === null ? null : [...ids], idempotencyKey: null };
    void mark(input).then((outcome) => {
      if (tell(outcome)) found.reload();
    });
  };
  if (found.error !== undefined && found.nodes.length === 0) {
    return <ErrorState isPage error={found.error} onRetry={found.reload} />;
  }
  const hasUnread = found.nodes.some((one) => one.readAt === null);
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        title={t("page.title")}
        meta={t("page.lead")}
        actions={
          <>
            <LinkButton to={meUrl()} icon="user">
              {t("toSettings")}
            </LinkButton>
            {hasUnread && (
              <Button icon="check" onClick={() => read(null)}>
                {t("markAllRead")}
              </Button>
            )}
          </>
        }
      />
      <SegmentedControl
        className="mb-4"
        label={t("view")}
        value={isUnread ? "unread" : "all"}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(value) => change({ view: value === "all" ? undefined : value })}
      />
      {found.nodes.length > 0 && <NotificationList items={found.nodes} onRead={read} />}
      {found.nodes.length === 0 && !found.isComplete && (
        <div role="status" aria-busy="true" aria-label={t("page.loading")}>
          <SkeletonLines count={4} className="h-12" />
        </div>
      )}
      {found.nodes.length === 0 && found.isComplete && (
        <EmptyState title={t(isUnread ? "none.unread" : "none.title")}>{t("none.next")}</EmptyState>
      )}
    </div>
  );
}
