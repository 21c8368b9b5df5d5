import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/messages";
import type { OutlineEntry } from "./document";

interface PlanOutlineProps {
  readonly entries: readonly OutlineEntry[];
}

/** Chapters with the number of their tasks; the one being read is marked. */
export function PlanOutline({ entries }: PlanOutlineProps) {
  const t = useMessages("plan");
  const current = useScrollSpy(entries);
  return (
    <nav aria-label={t("outline")}>
      <ol className="grid">
        {entries.map((entry) => (
          <li key={entry.anchor}>
            <a
              href={`#${entry.anchor}`}
              aria-current={entry.anchor === current ? "location" : undefined}
              className="control flex min-h-8 items-start justify-between gap-2 rounded-r border-l-2 border-line py-1 pr-1.5 text-sm text-muted no-underline hover:bg-sunken hover:text-ink aria-[current]:border-brand aria-[current]:font-medium aria-[current]:text-ink"
              style={{ paddingInlineStart: `${String(0.6 + entry.level * 0.7)}rem` }}
            >
              <span>{entry.title}</span>
              <span
                className="shrink-0 tabular-nums"
                title={t("outline.tasks", { count: entry.taskCount })}
              >
                {entry.taskCount}
                <span className="sr-only">{t("outline.unit", { count: entry.taskCount })}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Anchor of the last heading above the upper third of the window. */
function useScrollSpy(entries: readonly OutlineEntry[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const limit = window.innerHeight / 3;
      const passed = entries.findLast(({ anchor }) => {
        const top = document.getElementById(anchor)?.getBoundingClientRect().top;
        return top !== undefined && top <= limit;
      });
      setCurrent(passed?.anchor ?? entries[0]?.anchor ?? null);
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", soon);
      window.removeEventListener("resize", soon);
    };
  }, [entries]);
  return current;
}
