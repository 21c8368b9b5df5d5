import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/help";

/** Help: shortcuts and glossary. */
export const messages: Translated<typeof source> = {
  title: "Help",
  shortcuts: "Shortcuts",
  "shortcuts.hint":
    "Single-key shortcuts can be turned off in the settings; they rest while you type.",
  "shortcuts.settings": "Settings",
  key: "Keys",
  effect: "Effect",
  "key.palette": "Find a page or task",
  "key.search": "To the search field of the page, or the finder",
  "key.rows": "Next and previous row of a list",
  "key.open": "Open the row",
  "key.close": "Close what lies on top",
  "key.help": "This page",
  "key.overview": "To the overview",
  "key.plans": "To the plans",
  "key.tasks": "To the tasks",
  "key.metrics": "To the metrics",
  "key.orgs": "To the organisations",
  "key.report": "Monthly report",
  "key.review": "Review",
  glossary: "Words",
  "term.plan": "Plan (要点)",
  "term.plan.meaning":
    "The document that a body issues for a year; tasks and metrics come from it.",
  "term.section": "Section (板块)",
  "term.section.meaning": "A chapter of the document with its work points.",
  "term.task": "Task (任务)",
  "term.task.meaning": "A work point, key task or part of one, with one leading department.",
  "term.keyTask": "Key task (重点工作)",
  "term.keyTask.meaning": "Sums up several work points and is linked to them.",
  "term.assignment": "Assignment (责任分工)",
  "term.assignment.meaning": "A department's part in a task: lead or support.",
  "term.metric": "Metric (指标)",
  "term.metric.meaning": "A target with a number in the document, with unit and comparator.",
  "term.milestone": "Milestone (节点)",
  "term.milestone.meaning": "A step of a task with a date or a result.",
  "term.check": "Plan check (文件体检)",
  "term.check.meaning":
    "Finds work points without number, date or department, and statements that disagree.",
  "term.code": "Code (编号)",
  "term.code.meaning":
    "2025-14 is work point 14, 2025-K05 key task 5, 2025-14-M1 the first metric of work point 14.",
};
