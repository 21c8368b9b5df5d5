import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { LinkButton } from "../../ui/LinkButton";
import { issueNoticesUrl } from "../../ui/urls";
import { shownChosen, type Selection } from "./selection";

interface SelectionBarProps {
  /** The codes of the tasks that the list shows, in its order. */
  readonly codes: readonly string[];
  readonly selection: Selection;
}

/** What may be done with the chosen tasks; under the list while any is chosen. */
export function SelectionBar({ codes, selection }: SelectionBarProps) {
  const t = useMessages("tasks");
  const chosen = shownChosen(codes, selection.chosen);
  if (chosen.length === 0) return null;
  return (
    <section
      aria-label={t("chosen.bar")}
      className="no-print sticky bottom-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border border-line bg-card p-3 shadow-overlay max-md:hidden"
    >
      <p role="status" className="mr-auto">
        {t("chosen.count", { count: chosen.length })}
      </p>
      {chosen.length < codes.length && (
        <Button variant="quiet" onClick={() => selection.choose(codes)}>
          {t("chosen.all", { count: codes.length })}
        </Button>
      )}
      <Button variant="quiet" onClick={() => selection.choose([])}>
        {t("chosen.none")}
      </Button>
      <LinkButton to={issueNoticesUrl(chosen)} variant="primary">
        {t("chosen.notices")}
      </LinkButton>
    </section>
  );
}
