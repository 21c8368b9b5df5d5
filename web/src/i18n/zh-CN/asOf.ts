/** 按日期查看: pages as they stood on an earlier day. */
export const messages = {
  switch: "按日期查看",
  about: "查看某一天结束时的任务、责任分工、指标、月报、组织和灯号。",
  day: "日期",
  "day.future": "请选择今天以前的日期。",
  show: "查看",
  banner: "正在按日期查看",
  title: "正在查看 {day} 当天的情况",
  detail: "内容按当天结束时显示，不能办理任何事项。",
  other: "换一天",
  leave: "回到今天",
} as const;
