import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/act";

/** Acts and saving, wherever something is changed: how it ended, and the way on. */
export const messages: Translated<typeof source> = {
  "save.saving": "Saving…",
  "save.saved": "Saved",
  "save.conflict": "Somebody has just changed this",
  "save.conflict.detail":
    "The newest content is loaded and your edit is kept. Save again to let yours stand, or take what is stored.",
  "save.conflict.look":
    "The newest state is loaded. Look it over and try again; what you typed is still here.",
  "save.conflict.reloaded":
    "Somebody has just changed this; the newest content is loaded. Please try again.",
  "save.failed": "Not saved",
  "save.failed.detail": "What you typed is still here. Try again in a moment.",
  "save.request": "Request {id}",
  "save.retry": "Save again",
  "save.reset": "Take what is stored",
};
