import type { CombinedError } from "urql";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { classNames } from "../../ui/class-names";
import { Light } from "../../ui/Light";
import { LIGHTS } from "../../ui/light";
import { Link } from "../../ui/Link";
import { SkeletonLines } from "../../ui/Skeleton";
import { taskUrl } from "../../ui/urls";
import type { LightPreviewData } from "./queries";

interface LightPreviewProps {
  readonly preview: LightPreviewData | undefined;
  readonly error: CombinedError | undefined;
  readonly isTrying: boolean;
  readonly isChanged: boolean;
}

/** How many tasks show each light before and after, and which would change. */
export function LightPreview({ preview, error, isTrying, isChanged }: LightPreviewProps) {
  const t = useMessages("lightRules");
  if (preview === undefined) {
    return (
      <Card title={t("preview")}>
        {error === undefined ? <SkeletonLines count={4} /> : <ErrorState error={error} />}
      </Card>
    );
  }
  const { before, after, changes } = preview;
  const countIn = (list: LightPreviewData["before"], colour: string): number =>
    list.find((one) => one.colour === colour)?.count ?? 0;
  const isFaulty = preview.userErrors.length > 0;
  return (
    <Card
      title={t("preview")}
      subtitle={
        <span aria-live="polite">
          {isFaulty
            ? t("preview.faulty")
            : isChanged
              ? t("preview.changes", { count: changes.totalCount })
              : t("preview.none")}
        </span>
      }
      className={classNames("transition-opacity lg:sticky lg:top-20", isTrying && "opacity-60")}
    >
      {!isFaulty && (
        <table className="w-full tabular-nums">
          <thead className="text-left text-sm text-muted">
            <tr>
              <th className="py-1 font-normal">{t("preview.light")}</th>
              <th className="py-1 text-right font-normal">{t("preview.before")}</th>
              <th className="py-1 text-right font-normal">{t("preview.after")}</th>
            </tr>
          </thead>
          <tbody>
            {LIGHTS.map((colour) => {
              const [was, is] = [countIn(before, colour), countIn(after, colour)];
              return (
                was + is > 0 && (
                  <tr key={colour} className="border-t border-line">
                    <th scope="row" className="py-1.5 text-left font-normal">
                      <Light colour={colour} />
                    </th>
                    <td className="text-right">{was}</td>
                    <td className={classNames("text-right", was !== is && "font-semibold")}>
                      {is}
                    </td>
                  </tr>
                )
              );
            })}
          </tbody>
        </table>
      )}
      {changes.edges.length > 0 && (
        <ul aria-label={t("preview.list")} className="mt-3 border-t border-line">
          {changes.edges.map(({ node: { task, from, to } }) => (
            <li
              key={task.id}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
            >
              <Link to={taskUrl(task.code)} className="min-w-0 flex-1 text-ink hover:underline">
                <span className="mr-2 text-sm text-muted">{task.code}</span>
                {task.title}
              </Link>
              <span className="flex items-center gap-2 text-sm">
                <Light colour={from} />
                <span aria-hidden="true">→</span>
                <span className="sr-only">{t("preview.becomes")}</span>
                <Light colour={to} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.totalCount > changes.edges.length && (
        <p className="mt-2 caption text-sm text-muted">
          {t("preview.more", { count: changes.totalCount - changes.edges.length })}
        </p>
      )}
    </Card>
  );
}
