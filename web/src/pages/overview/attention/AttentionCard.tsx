import { StackedBar } from "../../../charts/StackedBar";
import { useMessages } from "../../../i18n/messages";
import { Card } from "../../../ui/Card";
import { Light } from "../../../ui/Light";
import { LIGHT_LOOK } from "../../../ui/light";
import { Link } from "../../../ui/Link";
import { tasksUrl, taskUrl } from "../../../ui/urls";
import type { AttentionData, PressingTaskData } from "./query";

interface AttentionCardProps {
  readonly plan: string;
  readonly data: AttentionData;
}

/** The lights of a plan; which tasks are red, why, who has them and since when. */
export function AttentionCard({ plan, data }: AttentionCardProps) {
  const t = useMessages("attention");
  const words = useMessages("domain");
  const pressing = data.tasks.edges.map((edge) => edge.node);
  const more = data.tasks.totalCount - pressing.length;
  return (
    <Card title={t("title")} subtitle={t("count", { count: data.tasks.totalCount })} isFlush>
      <div className="px-4 pt-3 pb-2">
        <StackedBar
          label={t("lights")}
          parts={(data.plan?.overview.byLight ?? []).map(({ colour, count }) => ({
            key: colour,
            word: words(`light.${colour}`),
            value: count,
            to: tasksUrl({ plan, light: colour }),
            ...LIGHT_LOOK[colour],
          }))}
        />
      </div>
      {pressing.length === 0 ? (
        <p className="border-t border-line px-4 py-3 text-muted">{t("none")}</p>
      ) : (
        <ul
          aria-label={t("title")}
          className="grid gap-px overflow-hidden rounded-b-card bg-line pt-px md:max-lg:grid-cols-2"
        >
          {pressing.map((task) => (
            <li key={task.id} className="grid bg-card md:max-lg:last:odd:col-span-2">
              <Pressing task={task} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <Link
          to={tasksUrl({ plan, light: "RED,YELLOW" })}
          className="control flex min-h-row items-center border-t border-line px-4 text-link hover:underline"
        >
          {t("more", { count: more })}
        </Link>
      )}
    </Card>
  );
}

function Pressing({ task }: { readonly task: PressingTaskData }) {
  const t = useMessages("attention");
  const holder = task.life.accountable?.displayName;
  return (
    <Link
      to={taskUrl(task.code)}
      className="control grid content-start gap-0.5 px-4 py-2.5 text-ink hover:bg-sunken"
    >
      <span className="flex flex-wrap items-center gap-x-3 text-sm">
        <strong className="font-semibold">
          <Light {...task.light} />
        </strong>
        <span className="text-muted">{task.code}</span>
        <span className="ml-auto text-muted max-sm:ml-0 max-sm:w-full">
          {task.lead?.shortName ?? t("noLead")}
          {holder !== undefined && ` · ${holder}`}
        </span>
      </span>
      <span className="line-clamp-2 font-medium">{task.title}</span>
      <span className="text-sm text-muted">{task.light.reasons[0]?.message}</span>
    </Link>
  );
}
