import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { LIGHT_LOOK, type LightColour } from "../../ui/light";
import { Status } from "../../ui/Status";
import type { OutlineEntry } from "./document";

interface PlanOutlineProps {
  readonly entries: readonly OutlineEntry[];
  readonly lights: ReadonlyMap<string, LightColour>;
}

/** Chapters with the number of their tasks and of those that press; the one being read is marked. */
export function PlanOutline({ entries, lights }: PlanOutlineProps) {
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
              <Pressing tasks={entry.tasks} lights={lights} />
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

/** How many tasks of a chapter are late or at risk; nothing where none is. */
function Pressing({
  tasks,
  lights,
}: {
  readonly tasks: readonly string[];
  readonly lights: ReadonlyMap<string, LightColour>;
}) {
  const words = useMessages("domain");
  return (
    <span className="ml-auto flex shrink-0 gap-1.5 tabular-nums">
      {(["RED", "YELLOW"] as const).map((colour) => {
        const count = tasks.filter((task) => lights.get(task) === colour).length;
        return (
          count > 0 && (
            <span key={colour} title={`${words(`light.${colour}`)} ${String(count)}`}>
              <Status {...LIGHT_LOOK[colour]} word={String(count)} />
              <span className="sr-only">{words(`light.${colour}`)}</span>
            </span>
          )
        );
      })}
    </span>
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
