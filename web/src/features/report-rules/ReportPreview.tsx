import type { CombinedError } from "urql";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { classNames } from "../../ui/class-names";
import { SkeletonLines } from "../../ui/Skeleton";
import type { ReportPreviewData, ReportWindowData } from "./queries";

interface ReportPreviewProps {
  readonly preview: ReportPreviewData | undefined;
  readonly error: CombinedError | undefined;
  readonly isTrying: boolean;
  readonly isChanged: boolean;
}

const DAYS = ["opensOn", "dueOn", "closesOn"] as const;

/** The days of the running month as they stand and as they would be, and whose reports would differ. */
export function ReportPreview({ preview, error, isTrying, isChanged }: ReportPreviewProps) {
  const t = useMessages("reportRules");
  if (preview === undefined) {
    return (
      <Card title={t("preview")}>
        {error === undefined ? <SkeletonLines count={4} /> : <ErrorState error={error} />}
      </Card>
    );
  }
  const { standing, tried, first } = preview;
  if (standing === null || tried === null || first === null) {
    return (
      <Card title={t("preview")} subtitle={<span aria-live="polite">{t("preview.faulty")}</span>}>
        {null}
      </Card>
    );
  }
  return (
    <Card
      title={t("preview")}
      subtitle={
        <span aria-live="polite">
          {isChanged ? t("preview.first", { month: first.period }) : t("preview.none")}
        </span>
      }
      className={classNames("transition-opacity", isTrying && "opacity-60")}
    >
      <Days standing={standing} tried={tried} />
      <p className="mt-3 border-t border-line pt-3 text-sm">
        {t("preview.reports", {
          months: formatList(preview.months),
          late: preview.becomingLate,
          onTime: preview.becomingOnTime,
        })}
      </p>
      <p className="mt-1 caption text-sm text-muted">{t("preview.kept")}</p>
    </Card>
  );
}

function Days({
  standing,
  tried,
}: {
  readonly standing: ReportWindowData;
  readonly tried: ReportWindowData;
}) {
  const t = useMessages("reportRules");
  return (
    <table className="w-full tabular-nums">
      <thead className="text-left text-sm text-muted">
        <tr>
          <th className="py-1 font-normal">{t("preview.month", { month: tried.period })}</th>
          <th className="py-1 text-right font-normal">{t("preview.before")}</th>
          <th className="py-1 text-right font-normal">{t("preview.after")}</th>
        </tr>
      </thead>
      <tbody>
        {DAYS.map((day) => (
          <tr key={day} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {t(`day.${day}`)}
            </th>
            <td className="text-right">{formatDate(standing[day])}</td>
            <td
              className={classNames("text-right", standing[day] !== tried[day] && "font-semibold")}
            >
              {formatDate(tried[day])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
