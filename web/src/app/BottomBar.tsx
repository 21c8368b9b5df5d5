import type { ViewerData } from "../graphql/session-documents";
import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { MoreMenu } from "./MoreMenu";
import { isCurrent, phoneEntries } from "./navigation";

interface BottomBarProps {
  readonly viewer: ViewerData;
  readonly path: string;
}

const ENTRY = "grid min-h-14 w-full place-content-center justify-items-center gap-0.5 text-xs ";
const look = (isHere: boolean): string =>
  ENTRY + (isHere ? "font-semibold text-ink" : "text-muted");

/** Navigation on phones: four entries within reach of the thumb, the rest behind 更多. */
export function BottomBar({ viewer, path }: BottomBarProps) {
  const t = useMessages("shell");
  const { bar, more } = phoneEntries(viewer);
  const isBehind = more.some((entry) => isCurrent(entry, path));
  return (
    <nav
      aria-label={t("nav")}
      className="no-print fixed inset-x-0 bottom-0 z-30 border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex *:flex-1">
        {bar.map((entry) => {
          const isHere = isCurrent(entry, path);
          return (
            <li key={entry.key}>
              <Link
                to={entry.to}
                aria-current={isHere ? "page" : undefined}
                className={look(isHere)}
              >
                <Icon name={entry.icon} size={20} className={isHere ? "text-brand" : ""} />
                {t(`nav.${entry.key}`)}
              </Link>
            </li>
          );
        })}
        {more.length > 0 && (
          <li>
            <MoreMenu entries={more} isUpward isHere={isBehind} className={look(isBehind)}>
              <Icon name="menu" size={20} className={isBehind ? "text-brand" : ""} />
              {t("nav.more")}
            </MoreMenu>
          </li>
        )}
      </ul>
    </nav>
  );
}
