import { useEffect } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/graphql";
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

/** How much is unread, and the way there; looked after once a minute and on every page. */
export function UnreadMark({ path }: { readonly path: string }) {
  const t = useMessages("notifications");
  const [{ data }, read] = useQuery({ query: UnreadQuery, requestPolicy: "cache-and-network" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to look again
  useEffect(() => {
    const look = (): void => read({ requestPolicy: "network-only" });
    const timer = setInterval(() => {
      if (!document.hidden) look();
    }, WAIT_MS);
    look();
    return () => clearInterval(timer);
  }, [path, read]);
  const count = data?.viewer?.unreadNotificationCount ?? 0;
  return (
    <Link
      to={notificationsUrl()}
      title={t("page.title")}
      aria-label={count === 0 ? t("mark.none") : t("mark", { count })}
      className="control relative inline-grid size-9 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon name="bell" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0.5 right-0 min-w-4 rounded-full bg-brand px-1 text-center text-[0.65rem] leading-4 font-semibold text-on-brand tabular-nums"
        >
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
    </Link>
  );
}
