import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/tasks";

/** Words of this area. */
export const messages: Translated<typeof source> = {};
