import { useMessages } from "../../../i18n/messages";
import { LIGHT_LOOK, LIGHTS } from "../../../ui/light";
import { Light } from "../../../ui/Light";
import { Status } from "../../../ui/Status";
import { TONE_TEXT } from "../../../ui/tones";
import type { Wall } from "./use-wall";

/** Which tasks are red or at risk, why, and who has them. */
export function LightsScene({ lights }: { readonly lights: NonNullable<Wall["lights"]> }) {
  const t = useMessages("wall");
  const words = useMessages("domain");
  const counts = lights.plan?.overview.byLight ?? [];
  const pressing = lights.tasks.edges.map((edge) => edge.node);
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-5">
      <ul aria-label={t("lights")} className="grid grid-cols-5 gap-5">
        {LIGHTS.map((colour) => (
          <li
            key={colour}
            className="flex items-center justify-between rounded-card border border-line bg-card px-6 py-2"
          >
            <Status {...LIGHT_LOOK[colour]} word={words(`light.${colour}`)} />
            <p
              className={`text-4xl leading-tight whitespace-nowrap font-semibold ${TONE_TEXT[LIGHT_LOOK[colour].tone]}`}
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
              className="flex min-h-0 flex-col justify-center gap-1 overflow-hidden *:shrink-0 rounded-card border border-line bg-card px-6 py-3"
            >
              <p className="flex items-baseline gap-4">
                <strong className="font-semibold">
                  <Light {...task.light} />
                </strong>
                <span className="text-muted tabular-nums">{task.code}</span>
                <span className="ml-auto truncate text-muted">{task.lead?.shortName}</span>
              </p>
              <p className="line-clamp-2 text-xl leading-tight font-semibold">{task.title}</p>
              <p className="line-clamp-2">{task.light.reasons[0]?.message}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
