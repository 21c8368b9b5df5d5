/** Acts and saving, wherever something is changed: how it ended, and the way on. */
export const messages = {
  "save.saving": "正在保存…",
  "save.saved": "已保存",
  "save.conflict": "这项内容刚被别人改过",
  "save.conflict.detail":
    "已载入最新内容，您的修改还在。再保存一次就以您的为准，或者采用现存内容。",
  "save.conflict.look": "已载入最新内容。请核对后再办理，您填写的内容还在。",
  "save.conflict.reloaded": "这项内容刚被别人改过，已载入最新内容，请再试一次",
  "save.failed": "没有保存上",
  "save.failed.detail": "您填写的内容还在，请稍后再试。",
  "save.request": "请求编号 {id}",
  "save.retry": "再保存一次",
  "save.reset": "采用现存内容",
} as const;
