import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { ViewerData } from "../graphql/session-documents";
import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { MoreMenu } from "./MoreMenu";
import { entriesFor, isCurrent, type NavigationEntry } from "./navigation";

interface HeaderNavigationProps {
  readonly viewer: ViewerData;
  readonly path: string;
}

/** So many entries need no menu. */
const FEW = 5;
const ENTRY = "flex h-14 items-center gap-1 border-b-2 px-3.5 whitespace-nowrap ";
const HERE = "border-brand font-medium text-ink";
const ELSEWHERE = "border-transparent text-muted hover:text-ink";

/** The entries in a row; those that find no room in it stand behind 更多. */
export function HeaderNavigation({ viewer, path }: HeaderNavigationProps) {
  const t = useMessages("shell");
  const row = useRef<HTMLUListElement>(null);
  const entries = entriesFor(viewer);
  const isInRow = (entry: NavigationEntry): boolean =>
    entries.length <= FEW || entry.place !== "more";
  const inRow = entries.filter(isInRow);
  const room = useRoom(row, inRow.length);
  const behind = [...inRow.slice(room), ...entries.filter((entry) => !isInRow(entry))];
  const isBehind = behind.some((entry) => isCurrent(entry, path));
  return (
    <nav aria-label={t("nav")} className="flex h-14 min-w-0 max-md:hidden">
      <ul ref={row} className="flex min-w-0 flex-wrap overflow-hidden">
        {inRow.map((entry, index) => {
          const isHere = isCurrent(entry, path);
          return (
            <li key={entry.key} className={index < room ? "" : "invisible"}>
              <Link
                to={entry.to}
                aria-current={isHere ? "page" : undefined}
                className={ENTRY + (isHere ? HERE : ELSEWHERE)}
              >
                {t(`nav.${entry.key}`)}
              </Link>
            </li>
          );
        })}
      </ul>
      {behind.length > 0 && (
        <MoreMenu
          entries={behind}
          isHere={isBehind}
          className={ENTRY + (isBehind ? HERE : ELSEWHERE)}
        >
          {t("nav.more")}
          <Icon name="chevronDown" size={12} />
        </MoreMenu>
      )}
    </nav>
  );
}

/** How many of the entries stand in the first line; those that wrapped are cut off. */
function useRoom(row: RefObject<HTMLElement | null>, count: number): number {
  const [room, setRoom] = useState(count);
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return;
    const measure = (): void => {
      const children = [...element.children] as HTMLElement[];
      const wrapped = children.findIndex(
        (child) => child.offsetTop > (children[0]?.offsetTop ?? 0),
      );
      setRoom(wrapped === -1 ? children.length : wrapped);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  return Math.min(room, count);
}
