/** 需要关注, on the overview: what is late or at risk, and what waits for a decision. */
export const messages = {
  title: "需要关注",
  count: "滞后和预警共 {count} 项",
  lights: "亮灯",
  none: "没有滞后或预警的任务。",
  noLead: "未定牵头部门",
  approvals: "待我审批",
  "approvals.count": "办结和延期共 {count} 项",
  "approvals.none": "没有等待您审批的办结和延期申请。",
  more: "查看其余 {count} 项",
} as const;
