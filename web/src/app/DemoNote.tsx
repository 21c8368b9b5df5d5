import { useToday } from "../graphql/use-today";
import { formatDate } from "../i18n/format";
import { useMessages } from "../i18n/messages";
import { classNames } from "../ui/class-names";

/** A day as long as any, to keep the place of the one that is not known yet. */
const ANY_DAY = "2025-12-31";

/**
 * Says on every page of the demo that its people and what they did are invented, and which day it tells of.
 * Its place is kept until the day is known: whatever is clicked meanwhile must not move.
 */
export function DemoNote() {
  const t = useMessages("demo");
  const { today, isDemo } = useToday();
  if (today !== null && !isDemo) return null;
  return (
    <p
      className={classNames(
        "border-b border-line bg-sunken px-6 py-1.5 text-center text-sm text-muted max-md:px-4 print:mb-3",
        today === null && "invisible",
      )}
    >
      {t("note", { day: formatDate(today ?? ANY_DAY) })}
    </p>
  );
}
