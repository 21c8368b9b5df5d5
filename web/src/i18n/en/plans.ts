import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/plans";

/** 要点: the list of plans. */
export const messages: Translated<typeof source> = {
  "page.title": "Plans",
  "page.lead": "Issued documents, and drafts that are being checked",
  "page.loading": "Loading the plans",
  import: "Import a plan",
  "drafts.title": "Drafts to check",
  "drafts.hint": "Tasks take effect once a draft has been checked and issued",
  "issued.title": "Issued",
  "none.title": "No plans yet",
  "none.next":
    "Import an issued document: its sections, tasks, departments and metrics are taken out for you to check one by one.",
  "none.wait": "Plans are listed here once a supervision officer has imported and issued one.",
  "issued.none": "No plan has been issued yet.",
  issuedOn: "Issued {date}",
  importedAt: "Imported {time}",
  noDocumentNumber: "No document number",
  tasks: { one: "task", other: "tasks" },
  metrics: { one: "metric", other: "metrics" },
  departments: { one: "department", other: "departments" },
  continue: "Go on checking",
  overview: "Overview",
  taskList: "Tasks",
  metricList: "Metrics",
};
