import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/wall";

/** The wall of the meeting room. */
export const messages: Translated<typeof source> = {
  title: "Supervision wall",
  none: "No plan is issued yet",
  scenes: "Scenes",
  "scene.lights": "Lights",
  "scene.targets": "Targets",
  "scene.units": "Units",
  readAt: "As of {at}",
  lost: "Connection lost, trying again; figures as of {at}",
  lights: "Tasks by light",
  "lights.none": "No task is late or at risk",
  pressing: "Tasks that are late or at risk",
  targets: "Targets, the furthest behind first",
  likely: "{share} likely",
  units: "What units handed in",
  "units.month": "Figures of {month}",
  "units.all": "Everything is in",
  "units.missing": "{units} units owe {count} figures",
  "units.about": "Metrics: {metrics}",
  "units.tile": "{count} missing",
  "units.tile.all": "all in",
};
