import { useState } from "react";
import { useQuery } from "urql";
import { MailTable } from "../../features/mail/MailTable";
import { MailsQuery } from "../../features/mail/queries";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { useUrlSearch } from "../../ui/use-url-search";

const VIEWS = ["all", "QUEUED", "SENT", "FAILED"] as const;
type View = (typeof VIEWS)[number];

/** 邮件队列: which mails wait, went or failed, without their text. */
export function MailsPage() {
  const t = useMessages("mails");
  const [search, change] = useUrlSearch();
  const view: View = VIEWS.find((one) => one === search.get("state")) ?? "all";
  return (
    <>
      <PageHeader title={t("page.title")} meta={t("page.meta")} />
      <SegmentedControl
        className="mb-4"
        label={t("view")}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={(value) => change({ state: value === "all" ? undefined : value })}
      />
      <Mails key={view} view={view} />
    </>
  );
}

function Mails({ view }: { readonly view: View }) {
  const t = useMessages("mails");
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [{ data, error }, read] = useQuery({
    query: MailsQuery,
    variables: { state: view === "all" ? null : view, after: cursors.at(-1) ?? null },
    requestPolicy: "cache-and-network",
  });
  if (data === undefined) {
    if (error === undefined) return <SkeletonLines count={5} className="h-12" />;
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  const mails = data.outgoingMails.edges.map((edge) => edge.node);
  const page = data.outgoingMails.pageInfo;
  const hasServer = data.viewer?.notificationSettings.hasMailServer === true;
  return (
    <>
      {!hasServer && (
        <div className="mb-4">
          <Callout tone="warning" title={t("noServer")}>
            {t("noServer.detail")}
          </Callout>
        </div>
      )}
      {mails.length === 0 ? (
        <EmptyState title={t(view === "all" ? "none" : "none.filtered")}>
          {t("none.next")}
        </EmptyState>
      ) : (
        <Card isFlush>
          <MailTable mails={mails} hasServer={hasServer} />
        </Card>
      )}
      {(cursors.length > 1 || page.hasNextPage) && (
        <footer className="mt-3 flex justify-end gap-2 print:hidden">
          <Button disabled={cursors.length < 2} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t("previous")}
          </Button>
          <Button
            disabled={!page.hasNextPage}
            onClick={() => setCursors([...cursors, page.endCursor])}
          >
            {t("next")}
          </Button>
        </footer>
      )}
    </>
  );
}
