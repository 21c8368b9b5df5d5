import { useToday } from "../graphql/use-today";
import { formatDate } from "../i18n/format";
import { useMessages } from "../i18n/messages";

/** Says on every page of the demo that its people and what they did are invented, and which day it tells of. */
export function DemoNote() {
  const t = useMessages("demo");
  const { today, isDemo } = useToday();
  if (today === null || !isDemo) return null;
  return (
    <p className="border-b border-line bg-sunken px-6 py-1.5 text-center text-sm text-muted max-md:px-4 print:mb-3">
      {t("note", { day: formatDate(today) })}
    </p>
  );
}
