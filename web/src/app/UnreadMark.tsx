import { useEffect, useRef } from "react";
import { useClient, useQuery } from "urql";
import { graphql } from "../graphql/graphql";
import { useViewer } from "../graphql/use-session";
import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { notificationsUrl } from "../ui/urls";

const UnreadQuery = graphql(`
  query Unread {
    viewer {
      unreadNotificationCount
    }
  }
`);
const WAIT_MS = 60_000;
const MOST = 99;

/**
 * How much is unread, and the way there. What happens is told at once while the socket is open, and
 * so are changes of tasks; without it one looks once a minute. One looks on every page as well.
 */
export function UnreadMark({ path }: { readonly path: string }) {
  const t = useMessages("notifications");
  const live = useRef<() => boolean>(() => false);
  const hasLooked = useRef(false);
  const [{ data }, read] = useQuery({ query: UnreadQuery, requestPolicy: "cache-and-network" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to look again
  useEffect(() => {
    const look = (): void => read({ requestPolicy: "network-only" });
    const timer = setInterval(() => {
      if (!document.hidden && !live.current()) look();
    }, WAIT_MS);
    // The query itself looks the first time.
    if (hasLooked.current) look();
    hasLooked.current = true;
    return () => clearInterval(timer);
  }, [path, read]);
  const readsTasks = useViewer()?.canReadPlans === true;
  const client = useClient();
  useEffect(() => {
    let end: (() => void) | null = null;
    let isOver = false;
    const begin = ({ follow, isLive }: typeof import("./follow")): void => {
      if (isOver) return;
      live.current = isLive;
      end = follow(readsTasks ? client : null, () => read({ requestPolicy: "network-only" }));
    };
    import("./follow").then(begin, () => undefined);
    return () => {
      isOver = true;
      end?.();
    };
  }, [client, readsTasks, read]);
  const count = data?.viewer?.unreadNotificationCount ?? 0;
  return (
    <Link
      to={notificationsUrl()}
      title={t("page.title")}
      aria-label={count === 0 ? t("mark.none") : t("mark", { count })}
      className="control inline-grid size-9 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <span className="relative">
        <Icon name="bell" className="block" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-2 left-2 min-w-4 rounded-full bg-brand px-1 text-center text-[0.65rem] leading-4 font-semibold whitespace-nowrap text-on-brand tabular-nums"
          >
            {count > MOST ? `${MOST}+` : count}
          </span>
        )}
      </span>
    </Link>
  );
}
