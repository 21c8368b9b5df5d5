import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { EndOtherSessions, EndSession, OwnSessions } from "./own-documents";
import { SessionList } from "./SessionList";

const ended = (data: ResultOf<typeof EndSession>) => data.endSession;
const othersEnded = (data: ResultOf<typeof EndOtherSessions>) => data.endOtherSessions;

/** 登录设备: where one is signed in, and what happened before. */
export function SessionsCard() {
  const t = useMessages("access");
  const tell = useRefusal();
  const [{ data, error }, read] = useQuery({
    query: OwnSessions,
    requestPolicy: "cache-and-network",
  });
  const end = useAct(EndSession, ended);
  const endOthers = useAct(EndOtherSessions, othersEnded);
  const again = () => read({ requestPolicy: "network-only" });
  const viewer = data?.viewer;
  const isAlone = (viewer?.sessions.length ?? 0) < 2;
  return (
    <Card
      title={t("sessions")}
      subtitle={t("sessions.about")}
      actions={
        !isAlone && (
          <Button
            size="small"
            onClick={async () => {
              if (tell(await endOthers({}), t("sessions.othersEnded"))) again();
            }}
          >
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={again} />}
      {error === undefined && data === undefined && <SkeletonLines count={2} className="h-12" />}
      {viewer != null && (
        <>
          <LastSignIn before={viewer.lastSignIn} />
          <SessionList
            sessions={viewer.sessions}
            onEnd={async (session) => {
              if (tell(await end({ sessionId: session.id }), t("sessions.ended"))) again();
            }}
          />
        </>
      )}
    </Card>
  );
}

type Before = NonNullable<ResultOf<typeof OwnSessions>["viewer"]>["lastSignIn"];

function LastSignIn({ before }: { readonly before: Before }) {
  const t = useMessages("access");
  if (before.failedAttempts > 0 && before.failedAt !== null) {
    const at = formatDateTime(before.failedAt);
    return (
      <Callout tone="warning" title={t("before.failed", { count: before.failedAttempts, at })}>
        {t("before.failed.next")}
      </Callout>
    );
  }
  if (before.at === null) return null;
  return (
    <p className="mb-1 caption text-sm text-muted">
      {t("before", { at: formatDateTime(before.at), address: before.address ?? "" })}
    </p>
  );
}
