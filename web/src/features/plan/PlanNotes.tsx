import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { metricUrl } from "../../ui/urls";
import { Light } from "../../ui/Light";
import { Link, type LinkProps } from "../../ui/Link";
import { TargetText } from "../../ui/TargetText";
import { VisuallyHidden } from "../../ui/VisuallyHidden";
import type { Mark } from "./marks";
import { attainedWords } from "./attained";
import type { PlanMetric, PlanTask } from "./queries";
import { JOINS } from "./use-joins";
import { NOTE_FOR } from "./use-note-spaces";

interface PlanNotesProps {
  readonly marks: readonly Mark<PlanTask, PlanMetric>[];
  readonly opening: TaskOpening;
}

/** How a task is opened from the text: the address for a new tab, and the way to open it here. */
export interface TaskOpening {
  readonly addressOf: (code: string) => string;
  readonly open: (code: string) => void;
}

/** Notes on a paragraph: in the margin where there is room, else as chips below it. */
export function PlanNotes({ marks, opening }: PlanNotesProps) {
  const t = useMessages("plan");
  return (
    <ul className="plan-notes" aria-label={t("notes")} data-notes="">
      {marks.map((mark) => (
        <li key={mark.key} className="plan-note" {...{ [NOTE_FOR]: mark.anchor }}>
          {mark.kind === "task" ? (
            <TaskNote task={mark.task} joins={mark.joins} opening={opening} />
          ) : (
            <MetricNote metric={mark.metric} joins={mark.joins} opening={opening} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface TaskNoteProps {
  readonly task: PlanTask;
  readonly joins: readonly string[];
  readonly opening: TaskOpening;
}

function TaskNote({ task, joins, opening }: TaskNoteProps) {
  const t = useMessages("plan");
  return (
    <OpeningLink
      code={task.code}
      opening={opening}
      joins={joins}
      className="plan-note-box plan-note-task control"
      data-light={task.light.colour}
    >
      <span className="plan-note-code">{task.code}</span>
      <VisuallyHidden>{task.title}</VisuallyHidden>
      <Light {...task.light} />
      <span className="plan-note-lead">
        {task.lead?.shortName ?? t("note.noLead")}
        {task.lead !== null && <VisuallyHidden>{t("note.leads")}</VisuallyHidden>}
      </span>
    </OpeningLink>
  );
}

interface MetricNoteProps {
  readonly metric: PlanMetric;
  readonly joins: readonly string[];
  readonly opening: TaskOpening;
}

/** A target with its task, and under it what is attained, with where that comes from. */
function MetricNote({ metric, joins, opening }: MetricNoteProps) {
  const content = (
    <>
      <span className="plan-note-code">{metric.code}</span>
      <TargetText target={metric} className="plan-note-target" />
      <span className="plan-note-name">{metric.name}</span>
    </>
  );
  return (
    <div className="plan-note-box plan-note-metric" {...{ [JOINS]: joins.join(" ") }}>
      {/* A target outside any point has no task to open. */}
      {metric.task === null ? (
        <span className="plan-note-stated">{content}</span>
      ) : (
        <OpeningLink code={metric.task.code} opening={opening} className="plan-note-stated control">
          {content}
        </OpeningLink>
      )}
      <Attained metric={metric} />
    </div>
  );
}

function Attained({ metric }: { readonly metric: PlanMetric }) {
  const t = useMessages("plan");
  const { locale } = usePreferences();
  const words = attainedWords(metric, locale, t);
  return (
    <Link to={metricUrl(metric.code)} className="plan-note-attained control">
      <VisuallyHidden>{metric.name} </VisuallyHidden>
      {words ?? t("note.metric")}
    </Link>
  );
}

interface OpeningLinkProps extends Omit<LinkProps, "to"> {
  readonly code: string;
  /** Where the link is all of the note. */
  readonly joins?: readonly string[];
  readonly opening: TaskOpening;
}

function OpeningLink({ code, joins, opening, ...rest }: OpeningLinkProps) {
  return (
    <Link
      {...rest}
      to={opening.addressOf(code)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        opening.open(code);
      }}
      {...(joins === undefined ? {} : { [JOINS]: joins.join(" ") })}
    />
  );
}
