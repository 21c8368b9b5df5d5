import { useMessages } from "../../i18n/messages";
import { LIGHT_LOOK, LIGHTS } from "../../ui/light";
import { Light } from "../../ui/Light";
import { Status } from "../../ui/Status";
import { TONE_TEXT } from "../../ui/tones";
import type { Wall } from "./use-wall";

/** Which tasks are red or at risk, why, and who has them. */
export function LightsScene({ lights }: { readonly lights: NonNullable<Wall["lights"]> }) {
  const t = useMessages("wall");
  const words = useMessages("domain");
  const counts = lights.plan?.overview.byLight ?? [];
  const pressing = lights.tasks.edges.map((edge) => edge.node);
  const more = lights.tasks.totalCount - pressing.length;
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] gap-5">
      <ul aria-label={t("lights")} className="grid grid-cols-5 gap-5">
        {LIGHTS.map((colour) => (
          <li
            key={colour}
            className="flex items-center justify-between rounded-card border border-line bg-card px-6 py-2"
          >
            <Status {...LIGHT_LOOK[colour]} word={words(`light.${colour}`)} className="text-lg" />
            <p
              className={`text-5xl leading-tight font-semibold ${TONE_TEXT[LIGHT_LOOK[colour].tone]}`}
            >
              {counts.find((one) => one.colour === colour)?.count ?? 0}
            </p>
          </li>
        ))}
      </ul>
      {pressing.length === 0 ? (
        <p className="self-center text-center text-2xl">{t("lights.none")}</p>
      ) : (
        <ul aria-label={t("pressing")} className="grid min-h-0 grid-cols-2 auto-rows-fr gap-5">
          {pressing.map((task) => (
            <li
              key={task.id}
              className="flex min-h-0 flex-col justify-center gap-2 overflow-hidden rounded-card border border-line bg-card px-6 py-3"
            >
              <p className="flex items-baseline gap-4">
                <strong className="font-semibold">
                  <Light {...task.light} />
                </strong>
                <span className="text-muted tabular-nums">{task.code}</span>
                <span className="ml-auto truncate text-muted">{task.lead?.shortName}</span>
              </p>
              <p className="line-clamp-2 text-2xl leading-snug font-semibold">{task.title}</p>
              <p className="line-clamp-2 leading-snug">{task.light.reasons[0]?.message}</p>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="text-right text-muted">{t("more", { count: more })}</p>}
    </div>
  );
}
