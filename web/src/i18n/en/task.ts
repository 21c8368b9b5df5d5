import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/task";

/** Words of this area. */
export const messages: Translated<typeof source> = {};
