import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { planUrl } from "../../ui/urls";
import type { TaskDetailData } from "./queries";

/** The sentences of the document that the task comes from; each leads to its place in the text. */
export function TaskSource({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const clauses = task.clauses.edges.map((edge) => edge.node);
  const { plan } = task;
  const first = clauses[0];
  const addressOf = (position: number): string | null =>
    plan === null ? null : planUrl(plan.code, `c${String(position)}`);
  const whole = first === undefined ? null : addressOf(first.position);
  return (
    <Card
      title={t("source")}
      actions={
        whole !== null && (
          <Link
            to={whole}
            className="control inline-flex min-h-8 items-center text-sm text-link hover:underline"
          >
            {t("source.open")}
          </Link>
        )
      }
    >
      <blockquote
        lang="zh-CN"
        className="m-0 border-l-3 border-line-strong pl-4 font-document text-lg leading-loose"
      >
        {clauses.length === 0
          ? task.text
          : clauses.map((clause) => {
              const to = addressOf(clause.position);
              return to === null ? (
                <span key={clause.id}>{clause.text}</span>
              ) : (
                <Link
                  key={clause.id}
                  to={to}
                  title={t("source.sentence")}
                  className="text-ink no-underline hover:bg-warn-soft hover:underline"
                >
                  {clause.text}
                </Link>
              );
            })}
      </blockquote>
    </Card>
  );
}
