import { useMemo } from "react";
import { useQuery } from "urql";
import { FigureBoard } from "../../features/review/figures/FigureBoard";
import { FiguresToDecideQuery } from "../../features/review/figures/queries";
import { ReviewQueueQuery } from "../../features/review/queries";
import { ReviewBoard } from "../../features/review/ReviewBoard";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useSession } from "../../graphql/use-session";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Callout } from "../../ui/Callout";
import { Link } from "../../ui/Link";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { reviewUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const KINDS = ["REPORT", "COMPLETION", "EXTENSION", "EXCEPTION", "AMENDMENT"] as const;
type Kind = (typeof KINDS)[number];
const FIGURE = "FIGURE";
const queueOf = (data: ResultOf<typeof ReviewQueueQuery>) => data.reviewQueue;

/** 审核: everything that waits for one's decision; figures stand apart, by metric and month. */
export function ReviewPage() {
  const t = useMessages("review");
  const session = useSession();
  const [search, change] = useUrlSearch();
  const holds = (one: string): boolean =>
    session.kind === "signedIn" && session.viewer.permissions.includes(one);
  const verifies = holds("measurement.verify");
  const wanted = search.get("kind");
  const isFigures = verifies && wanted === FIGURE;
  const kind = isFigures ? FIGURE : (KINDS.find((one) => one === wanted) ?? "ALL");
  const control = (
    <SegmentedControl
      label={t("kind")}
      value={kind}
      options={[
        { value: "ALL", label: t("kind.ALL") },
        ...KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ...(verifies ? [{ value: FIGURE, label: t("kind.FIGURE") } as const] : []),
      ]}
      onChange={(value) => change({ kind: value === "ALL" ? undefined : value })}
    />
  );
  return (
    <>
      {isFigures ? (
        <>
          <PageHeader title={t("title")} actions={control} />
          <FigureBoard />
        </>
      ) : (
        <Queue
          kind={KINDS.find((one) => one === kind)}
          department={search.get("department")}
          control={control}
          verifies={verifies}
        />
      )}
      <p className="no-print mt-3 text-sm text-muted max-md:hidden">{t("keys")}</p>
    </>
  );
}

interface QueueProps {
  readonly kind: Kind | undefined;
  readonly department: string | null;
  readonly control: React.ReactNode;
  /** Whether the reader decides on figures as well. */
  readonly verifies: boolean;
}

/** Reports and requests that wait, what has waited too long on top. */
function Queue({ kind, department, control, verifies }: QueueProps) {
  const t = useMessages("review");
  const { today } = useToday();
  const filter = useMemo(
    () => ({ kind: kind === undefined ? null : [kind], department }),
    [kind, department],
  );
  const { nodes, isComplete, error, reload } = useAllPages(ReviewQueueQuery, { filter }, queueOf);
  if (error !== undefined && nodes.length === 0) {
    return <ErrorState isPage error={error} onRetry={reload} />;
  }
  const isLoading = (!isComplete && nodes.length === 0) || today === null;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={isLoading ? undefined : t("meta", { count: nodes.length })}
        actions={control}
      />
      {verifies && kind === undefined && <FiguresToDecide />}
      {isLoading ? (
        <SkeletonLines count={6} className="h-16" />
      ) : (
        <ReviewBoard items={nodes} today={today} reload={reload} />
      )}
    </>
  );
}

/** That figures wait as well, and where. */
function FiguresToDecide() {
  const t = useMessages("figures");
  const [{ data }] = useQuery({
    query: FiguresToDecideQuery,
    requestPolicy: "cache-and-network",
  });
  const count = data?.measurements.edges.filter(({ node }) => node.viewerCanDecide).length ?? 0;
  if (count === 0) return null;
  return (
    <div className="no-print mb-3">
      <Callout tone="info" title={t("waiting.count", { count })}>
        <Link to={reviewUrl({ kind: FIGURE })} className="text-link hover:underline">
          {t("waiting.open")}
        </Link>
      </Callout>
    </div>
  );
}
