import { useMessages } from "../i18n/messages";
import { LIGHT_LOOK, type LightColour } from "./light";
import { Status } from "./Status";

interface LightProps {
  readonly colour: LightColour;
  /** What was computed, where an officer has said otherwise. */
  readonly computed?: LightColour;
}

/** A light as shape, word and colour; an override says so. */
export function Light({ colour, computed = colour }: LightProps) {
  const t = useMessages("domain");
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Status {...LIGHT_LOOK[colour]} word={t(`light.${colour}`)} />
      {computed !== colour && (
        <span
          className="text-xs text-muted"
          title={t("light.computed", { light: t(`light.${computed}`) })}
        >
          {t("light.overridden")}
        </span>
      )}
    </span>
  );
}
