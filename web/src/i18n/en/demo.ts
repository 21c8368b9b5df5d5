import type { messages as source } from "../zh-CN/demo";
import type { Translated } from "../areas";

export const messages: Translated<typeof source> = {
  note: "Demo data: people and events are invented; the day of the demo is {day}",
};
