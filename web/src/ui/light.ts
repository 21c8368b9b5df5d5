import type { StatusShape } from "./Status";
import type { Tone } from "./tones";

/** What a light shows, the one that presses most first, as the API names it. */
export const LIGHTS = ["RED", "YELLOW", "GREEN", "GREY", "BLUE"] as const;
export type LightColour = (typeof LIGHTS)[number];

/** Shape and colour of each light; the word comes from the catalogue. */
export const LIGHT_LOOK: Readonly<
  Record<LightColour, { readonly shape: StatusShape; readonly tone: Tone }>
> = {
  RED: { shape: "square", tone: "danger" },
  YELLOW: { shape: "triangle", tone: "warning" },
  GREEN: { shape: "circle", tone: "ok" },
  GREY: { shape: "ring", tone: "neutral" },
  BLUE: { shape: "tick", tone: "info" },
};
