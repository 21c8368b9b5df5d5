import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { taskUrl } from "../../ui/urls";
import { isEditable, isFilled, type Row } from "./sheet-state";
import type { Sheet } from "./use-sheet";

interface SheetTaskProps {
  readonly row: Row;
  readonly sheet: Pick<Sheet, "confirm" | "keepTyped" | "takeStored">;
}

/** The task of a row: what it is, where its report stands, what was said last month. */
export function SheetTask({ row, sheet }: SheetTaskProps) {
  const t = useMessages("report");
  const d = useMessages("domain");
  const { task, previous, report } = row;
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-1.5 text-sm">
        <Link to={taskUrl(task.code)} className="font-medium tabular-nums">
          {task.code}
        </Link>
        <Badge>{d(`role.${row.role}`)}</Badge>
        <RowMark row={row} />
      </p>
      <p className="line-clamp-3 text-sm" title={task.title}>
        {task.title}
      </p>
      {report?.remark != null && (
        <p className="rounded bg-warn-soft px-2 py-1 text-sm text-ink">
          <strong className="font-medium">
            {t("remark", { who: report.remark.by.displayName })}
          </strong>
          {report.remark.words}
          <span className="block text-xs text-muted">
            {t("remark.by", { day: report.remark.mendBy })}
          </span>
        </p>
      )}
      {previous != null && isEditable(row) && (
        <details className="group/previous no-print text-sm">
          <summary className="control flex items-center gap-1 text-link">
            <Icon name="chevronRight" size={12} className="group-open/previous:rotate-90" />
            {t("previous")}
          </summary>
          <p className="mt-1 max-h-40 overflow-y-auto whitespace-pre-line text-muted">
            {previous.progress}
          </p>
        </details>
      )}
      {!row.isTouched && previous != null && isEditable(row) && (
        <Button
          size="small"
          className="justify-self-start"
          onClick={() => sheet.confirm(task.code)}
        >
          {t("previous.take")}
        </Button>
      )}
      {row.saving === "conflict" && (
        <div role="alert" className="grid gap-1 rounded bg-warn-soft px-2 py-1.5 text-sm">
          <p>{t("conflict")}</p>
          <p className="flex flex-wrap gap-1.5">
            <Button size="small" onClick={() => sheet.keepTyped(task.code)}>
              {t("conflict.mine")}
            </Button>
            <Button size="small" variant="quiet" onClick={() => sheet.takeStored(task.code)}>
              {t("conflict.theirs")}
            </Button>
          </p>
        </div>
      )}
      {row.saving === "refused" && <Refusals row={row} />}
    </div>
  );
}

/** Where the report of a row stands, in one word. */
function RowMark({ row }: { readonly row: Row }) {
  const t = useMessages("report");
  const state = row.report?.state;
  const late = row.report?.isLate === true && state !== "DRAFT" && (
    <Badge tone="warning">{t("late")}</Badge>
  );
  if (state === "SUBMITTED" || state === "ACCEPTED") {
    return (
      <>
        <Badge tone={state === "ACCEPTED" ? "ok" : "info"}>{t(`state.${state}`)}</Badge>
        {late}
      </>
    );
  }
  if (state === "RETURNED") {
    return (
      <>
        <Badge tone="warning">{t("state.RETURNED")}</Badge>
        {late}
      </>
    );
  }
  return isFilled(row) ? (
    <Badge tone="ok">{t("filled")}</Badge>
  ) : (
    <Badge>{row.isTouched ? t("partly") : t("unfilled")}</Badge>
  );
}

/** What the server refused and no cell shows. */
function Refusals({ row }: { readonly row: Row }) {
  const shown = ["progress", "problems", "nextSteps", "supportNeeded", "selfAssessment"];
  const rest = row.errors.filter((error) => !shown.includes(error.path.at(-1) ?? ""));
  if (rest.length === 0) return null;
  return (
    <p role="alert" className="text-sm text-danger">
      {rest.map((error) => error.message).join(" ")}
    </p>
  );
}
