import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { targetWords } from "../../i18n/targets";
import { Light } from "../../ui/Light";
import { attainedWords } from "./attained";
import type { Mark } from "./marks";
import type { PlanMetric, PlanTask } from "./queries";

interface PlanFootnotesProps {
  readonly marks: ReadonlyMap<number, readonly Mark<PlanTask, PlanMetric>[]>;
}

/** On paper only: the tasks by the numbers in the text, with their targets. */
export function PlanFootnotes({ marks }: PlanFootnotesProps) {
  const t = useMessages("plan");
  const { locale } = usePreferences();
  const all = [...marks.values()].flat();
  const metrics = all.filter((mark) => mark.kind === "metric").map((mark) => mark.metric);
  const targetsOf = (task: string | null): string =>
    metrics
      .filter((metric) => (metric.task?.id ?? null) === task)
      .map((metric) => {
        const attained = attainedWords(metric, locale, t);
        const stated = `${metric.name} ${targetWords(metric, locale).long}`;
        return attained === null ? stated : t("footnotes.attained", { stated, attained });
      })
      .join(locale === "en" ? "; " : "；");
  return (
    <section className="plan-footnotes" aria-hidden="true">
      <p className="plan-footnotes-title">{t("footnotes")}</p>
      <table>
        <thead>
          <tr>
            <th>{t("footnotes.number")}</th>
            <th>{t("footnotes.code")}</th>
            <th>{t("footnotes.title")}</th>
            <th>{t("footnotes.lead")}</th>
            <th>{t("footnotes.targets")}</th>
            <th>{t("footnotes.state")}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((mark) =>
            mark.kind === "task" ? (
              <tr key={mark.key}>
                <td>{mark.number}</td>
                <td className="plan-footnotes-code">{mark.task.code}</td>
                <td>{mark.task.title}</td>
                <td>{mark.task.lead?.shortName ?? ""}</td>
                <td>{targetsOf(mark.task.id)}</td>
                <td>
                  <Light {...mark.task.light} />
                </td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </section>
  );
}
