import { formatDate, formatDateTime, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import type { NoticeDetailData } from "./queries";

const LEVELS = ["LIAISON", "HEAD", "LEADER"] as const;

/** Everything that happened to a notice, the first step first. */
export function NoticeHistory({ notice }: { readonly notice: NoticeDetailData }) {
  const t = useMessages("notices");
  return (
    <Card title={t("history")}>
      <ol className="grid gap-4">
        {notice.steps.map((step) => (
          <li key={`${step.act} ${step.at}`} className="border-l-2 border-line-strong pl-3">
            <p>
              <span className="font-medium">
                {t(step.isAutomatic ? "act.ESCALATE.automatic" : `act.${step.act}`)}
              </span>
              {step.act === "ESCALATE" && ` · ${t(`level.${step.level}`)}`}
              {step.department !== null && ` · ${step.department.shortName}`}
            </p>
            {step.words !== null && step.act !== "ISSUE" && (
              <p className="mt-0.5 whitespace-pre-wrap">{step.words}</p>
            )}
            <p className="caption text-sm text-muted">
              {!step.isAutomatic && `${step.by.displayName} · `}
              {formatDateTime(step.at)}
              {(step.act === "ISSUE" || step.act === "ESCALATE") &&
                ` · ${t("history.replyBy", { date: formatDate(step.replyBy) })}`}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Who is told, rung by rung. */
export function NoticePeople({ notice }: { readonly notice: NoticeDetailData }) {
  const t = useMessages("notices");
  const rungs = LEVELS.map((level) => ({
    level,
    people: notice.recipients.filter((one) => one.level === level),
  })).filter(({ people }) => people.length > 0);
  return (
    <Card title={t("people")}>
      <dl className="grid gap-2">
        {rungs.map(({ level, people }) => (
          <div key={level}>
            <dt className="text-sm text-muted">{t(`level.${level}`)}</dt>
            <dd>
              {formatList(
                people.map((one) => `${one.person.displayName}（${one.department.shortName}）`),
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
