import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { SkeletonLines } from "../../ui/Skeleton";
import { AccountSessions } from "./account-documents";
import { EndSession } from "./own-documents";
import { SessionList } from "./SessionList";

const ended = (data: ResultOf<typeof EndSession>) => data.endSession;

/** Where somebody is signed in, for those who manage the account. */
export function AccountSessionList({ id }: { readonly id: string }) {
  const t = useMessages("accounts");
  const words = useMessages("access");
  const tell = useRefusal();
  const [{ data, error }, read] = useQuery({
    query: AccountSessions,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const end = useAct(EndSession, ended);
  const again = () => read({ requestPolicy: "network-only" });
  const sessions = data?.account?.sessions;
  return (
    <section aria-labelledby="sessions-title">
      <h3 id="sessions-title" className="mb-1 font-semibold">
        {words("sessions")}
      </h3>
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={again} />}
      {error === undefined && data === undefined && <SkeletonLines count={1} className="h-10" />}
      {sessions?.length === 0 && <p className="text-muted">{t("sessions.none")}</p>}
      {sessions !== undefined && (
        <SessionList
          sessions={sessions}
          onEnd={async (session) => {
            if (tell(await end({ sessionId: session.id }), words("sessions.ended"))) again();
          }}
        />
      )}
    </section>
  );
}
