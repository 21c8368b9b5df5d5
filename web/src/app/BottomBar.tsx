import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { isCurrent, NAVIGATION } from "./navigation";

/** Navigation on phones: four entries within reach of the thumb. */
export function BottomBar({ path }: { readonly path: string }) {
  const t = useMessages("shell");
  return (
    <nav
      aria-label={t("nav")}
      className="no-print fixed inset-x-0 bottom-0 z-30 border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-4">
        {NAVIGATION.filter((entry) => entry.isOnPhone).map((entry) => {
          const isHere = isCurrent(entry, path);
          return (
            <li key={entry.key}>
              <Link
                to={entry.to}
                aria-current={isHere ? "page" : undefined}
                className={`grid min-h-14 place-content-center justify-items-center gap-0.5 text-xs ${
                  isHere ? "font-semibold text-ink" : "text-muted"
                }`}
              >
                <Icon name={entry.icon} size={20} className={isHere ? "text-brand" : ""} />
                {t(`nav.${entry.key}`)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
