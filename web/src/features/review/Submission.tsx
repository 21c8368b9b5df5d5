import { formatDate, formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { AmendmentChanges } from "../../states/AmendmentChanges";
import { formatPeriod } from "../../i18n/period";
import { Badge } from "../../ui/Badge";
import { Link } from "../../ui/Link";
import { taskUrl } from "../../ui/urls";
import { newIn } from "./differences";
import type { ReviewItemData, ReviewReport } from "./queries";

/** What was submitted, by whom and since when. */
export function Submission({ item }: { readonly item: ReviewItemData }) {
  const t = useMessages("review");
  return (
    <article className="grid content-start gap-4 p-4">
      <header className="grid gap-1">
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <Badge tone="info">{t(`kind.${item.kind}`)}</Badge>
          <Link to={taskUrl(item.task.code)} className="tabular-nums">
            {item.task.code}
          </Link>
          {item.report != null && <span>{formatPeriod(item.report.period)}</span>}
        </p>
        <h2 className="text-lg leading-snug font-semibold">{item.task.title}</h2>
        <p className="caption text-sm text-muted">
          {t("submitted", {
            department: item.department?.shortName ?? "",
            who: item.submittedBy?.displayName ?? "",
            at: formatDateTime(item.since),
          })}
          {" · "}
          {t("due", { day: formatDate(item.dueOn) })}
        </p>
      </header>
      {item.report != null && <ReportCells report={item.report} />}
      {item.extension != null && (
        <dl className="grid gap-3 sm:grid-cols-2">
          <Fact name={t("extension.from")}>{formatDate(item.extension.from)}</Fact>
          <Fact name={t("extension.to")}>{formatDate(item.extension.to)}</Fact>
        </dl>
      )}
      {item.exception != null && (
        <dl>
          <Fact name={t("exception.metric")}>
            {item.exception.metric.code} {item.exception.metric.name}
          </Fact>
        </dl>
      )}
      {item.amendment != null && (
        <section aria-label={t("amendment.changes")} className="grid gap-1">
          <h3 className="text-sm text-muted">{t("amendment.changes")}</h3>
          <AmendmentChanges amendment={item.amendment} />
        </section>
      )}
      {item.words != null && (
        <dl>
          <Fact name={t(`words.${item.kind}`)}>
            <span className="whitespace-pre-line">{item.words}</span>
          </Fact>
        </dl>
      )}
    </article>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: React.ReactNode;
}

function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const CELLS = ["progress", "problems", "nextSteps", "supportNeeded"] as const;

/** The cells of a report beside those of the month before, what is new marked. */
function ReportCells({ report }: { readonly report: ReviewReport }) {
  const t = useMessages("review");
  const r = useMessages("report");
  const { previous } = report;
  const assess = (one: ReviewReport["selfAssessment"]): string =>
    one === null ? t("empty") : r(`assessment.${one}`);
  return (
    <div className="grid gap-4">
      <dl>
        <Fact name={r("cell.selfAssessment")}>
          {assess(report.selfAssessment)}
          {previous != null && previous.selfAssessment !== report.selfAssessment && (
            <span className="ml-2 text-sm text-muted">
              {t("before", { words: assess(previous.selfAssessment) })}
            </span>
          )}
        </Fact>
      </dl>
      {CELLS.map((cell) => (
        <dl
          key={cell}
          className={`grid gap-x-6 gap-y-1 ${previous == null ? "" : "xl:grid-cols-2"}`}
        >
          <div>
            <dt className="text-sm text-muted">{r(`cell.${cell}`)}</dt>
            <dd className="whitespace-pre-line">
              {report[cell] === "" ? (
                <span className="text-muted">{t("empty")}</span>
              ) : (
                <Marked text={report[cell]} before={previous?.[cell] ?? ""} />
              )}
            </dd>
          </div>
          {previous != null && (
            <div className="border-l-2 border-line pl-3">
              <dt className="text-xs text-muted">
                {t("month", { month: formatPeriod(previous.period) })}
              </dt>
              <dd className="text-sm whitespace-pre-line text-muted">
                {previous[cell] === "" ? t("empty") : previous[cell]}
              </dd>
            </div>
          )}
        </dl>
      ))}
    </div>
  );
}

/** A text in which what the one before did not say is marked. */
function Marked({ text, before }: { readonly text: string; readonly before: string }) {
  let at = 0;
  return newIn(text, before).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.isNew ? (
      <mark
        key={key}
        className="rounded-xs bg-info-soft text-ink underline decoration-info decoration-2 underline-offset-4"
      >
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
